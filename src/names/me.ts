/** The person that the server works for. */
export interface Me {
  readonly memberId: number;
  readonly identifier: string;
  readonly name: string;
  /** IANA zone in which this person's wall clock is read and shown. */
  readonly timeZone: string;
  /** Default work role, department and location ids, where the member has them. */
  readonly workRoleId?: number;
  readonly departmentId?: number;
  readonly locationId?: number;
  /** The whole member record. */
  readonly record: Readonly<Record<string, unknown>>;
}
