import type { ApiDescription, Operation } from '../../api/index.ts';
import { meaningOf } from '../../api/meanings.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import type { ManageClient, ManageRecord, WriteOptions } from '../client.ts';
import { NotConfinable, NotFound, OutOfScope } from '../errors.ts';
import { isReading, nameOf } from '../prepare.ts';
import { type Claim, claimsOf, claimsOfQuery } from './claims.ts';
import { Membership } from './membership.ts';
import { type PathRecord, type Rule, ruleOf } from './rule.ts';
import type { Scope } from './scope.ts';
import { kindOfType, type Ties, tiesOf } from './ties.ts';

/** Members beside the ties by which a new record says whose it is. */
const ANCHORS: ReadonlySet<string> = new Set(['chargeToId', 'recordId', 'objectId']);

/** What says on which board something new stands. */
const PLACES: ReadonlySet<Claim['kind']> = new Set(['board', 'project', 'ticket']);

const PHASE = 'GET /project/projects/{parentId}/phases/{id}';

const rules = new WeakMap<Operation, Rule>();

function ruleFor(api: ApiDescription, operation: Operation): Rule {
  const rule = rules.get(operation) ?? ruleOf(api, operation);
  rules.set(operation, rule);
  return rule;
}

/** The members that a PATCH sets or removes, by the first segment of their paths. */
const stepsOf = (body: unknown): JsonObject[] => (Array.isArray(body) ? body.filter(isRecord) : []);
const topOf = ({ path }: JsonObject): string => String(path).replace(/^\//, '').split('/')[0] ?? '';
/** The members that a body sets, whichever way. */
const setBy = (body: unknown): JsonObject => {
  if (Array.isArray(body)) return Object.fromEntries(stepsOf(body).map((step) => [topOf(step), step.value]));
  return isRecord(body) ? body : {};
};
const idIn = (value: unknown): unknown => (isRecord(value) ? value.id : value);
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Lets requests pass that stay within a scope. */
export class Gate {
  readonly membership: Membership;
  readonly #api: ApiDescription;
  readonly #manage: ManageClient;
  readonly #settings: string;

  /** @param manage reads without confines */
  constructor(
    scope: Scope,
    { api, manage, settings }: { api: ApiDescription; manage: ManageClient; settings: string },
  ) {
    this.membership = new Membership(scope, { api, manage });
    this.#api = api;
    this.#manage = manage;
    this.#settings = settings;
  }

  /** @throws {NotConfinable} for an operation that is not served within any scope */
  static checkServed(operation: Operation, api: ApiDescription, settings: string): void {
    const rule = ruleFor(api, operation);
    if (rule.kind === 'refused') throw new NotConfinable(nameOf(operation), settings, rule.why);
  }

  /**
   * Looks at everything that a request names before it is sent.
   * @returns how its answer is tied
   * @throws {OutOfScope} for what is not within the scope, {NotConfinable} for what does not say where it belongs
   */
  async admit(operation: Operation, options: WriteOptions): Promise<Ties | undefined> {
    const rule = ruleFor(this.#api, operation);
    const claims = [...claimsOfQuery(options.query), ...this.#claims(operation, options)];
    const allowed = await Promise.all(claims.map((claim) => this.membership.allows(claim)));
    if (!allowed.every(Boolean)) throw this.#outside(operation);
    switch (rule.kind) {
      case 'refused':
        throw new NotConfinable(nameOf(operation), this.#settings, rule.why);
      case 'reference':
        return this.#reference(operation, rule, options);
      case 'named':
        await this.#named(operation, options, rule);
        return undefined;
      case 'document':
        if (!(await this.membership.has('document', Object.values(options.path ?? {})[0])))
          throw new NotConfinable(
            nameOf(operation),
            this.#settings,
            "a document does not tell whose it is: list its record's documents first",
          );
        return undefined;
      case 'tied':
        return this.#tied(operation, { rule, options, claims });
    }
  }

  /** @throws {OutOfScope} for a record that was read and is not within the scope */
  async found(record: ManageRecord, ties: Ties, operation: Operation): Promise<void> {
    // An answer that is no record of its own, such as what a template would make, may name nobody.
    const isWithin = await this.membership.holds(record, ties);
    if (!isWithin) throw this.#outside(operation);
  }

  #outside = (operation: Operation): OutOfScope => new OutOfScope(nameOf(operation), this.#settings);

  #claims({ request, response }: Operation, { body }: WriteOptions): readonly Claim[] {
    return claimsOf(this.#api, request?.schema ?? response.schema, body);
  }

  async #reference(
    operation: Operation,
    { ties, above }: Extract<Rule, { kind: 'reference' }>,
    { path = {} }: WriteOptions,
  ): Promise<Ties> {
    // Only boards are narrowed here; no customer owns reference data.
    const onBoard = { board: ties.board, through: [] };
    const [first] = operation.pathParameters;
    const isOfBoard = above?.ties.board === 'id' || /\/boards\/\{/i.test(operation.path);
    if (isOfBoard && first !== undefined && !this.membership.scope.has('board', path[first.name]))
      throw this.#outside(operation);
    return onBoard;
  }

  /** Documents and the audit trail: of the one record that the request names. */
  async #named(
    operation: Operation,
    { query, body }: WriteOptions,
    rule: Extract<Rule, { kind: 'named' }>,
  ): Promise<void> {
    const given = operation.method === 'GET' ? query : (body as JsonObject | undefined);
    const kind = kindOfType(given?.[rule.type]);
    const isSaid = kind !== undefined && !isEmpty(given?.[rule.id]);
    if (!isSaid)
      throw new NotConfinable(
        nameOf(operation),
        this.#settings,
        `needs ${rule.type} and ${rule.id} of a record within it`,
      );
    if (!(await this.membership.has(kind, given?.[rule.id]))) throw this.#outside(operation);
  }

  async #tied(
    operation: Operation,
    asked: { rule: Extract<Rule, { kind: 'tied' }>; options: WriteOptions; claims: readonly Claim[] },
  ): Promise<Ties> {
    const { rule, options, claims } = asked;
    const { above, own, ties } = rule;
    const { method } = operation;
    if (above !== undefined) await this.#checkRecord(operation, above, options);
    const writes = !isReading(operation);
    let stored: ManageRecord | undefined;
    // A record that is read is looked at when it is there; one that is changed, before.
    if (own !== undefined && (writes || above !== undefined))
      stored = await this.#checkRecord(operation, own, options, above);
    if (writes && above === undefined) {
      this.#checkKept(operation, ties, options.body);
      if (method === 'POST' || method === 'PUT') this.#checkAnchored(operation, ties, claims, options.body);
      await this.#checkScheduled(operation, ties, { ...stored }, options.body);
    }
    if (writes) await this.#checkPhase(operation, { ...stored }, options.body);
    if (method === 'POST' && above !== undefined) this.#checkPlaced(operation, above.ties, claims);
    // Below a record within the scope everything is.
    return above === undefined ? ties : { through: [] };
  }

  /**
   * The record that a path names.
   * @param above the record that it has to belong to
   * @throws {OutOfScope}
   */
  async #checkRecord(
    operation: Operation,
    { read, values, ties, schema }: PathRecord,
    { path = {}, signal }: WriteOptions,
    above?: PathRecord,
  ): Promise<ManageRecord> {
    const at = Object.fromEntries(values.map(([own, its]) => [its, path[own] ?? '']));
    const record = await this.#manage.get<ManageRecord>(nameOf(read), { path: at, signal });
    const isAbove = above === undefined || this.#belongs(record, schema, { above, path });
    const isWithin = isAbove && (above !== undefined || (await this.membership.holds(record, ties)));
    if (!isWithin) throw this.#outside(operation);
    return record;
  }

  /** Whether a record names the record above it in the path, where it names one of its kind at all. */
  #belongs(
    record: ManageRecord,
    schema: string,
    { above, path }: { above: PathRecord; path: Readonly<Record<string, string | number>> },
  ): boolean {
    const entity = above.schema.replace(/^.*\./, '').replace(/^Project(?=Ticket$)/, '');
    const name = `${entity.charAt(0).toLowerCase()}${entity.slice(1)}`;
    const given = record[`${name}Id`] ?? (isRecord(record[name]) ? record[name].id : undefined);
    const [own = ''] = above.values[0] ?? [];
    return schema === above.schema || given === undefined || given === null || Number(given) === Number(path[own]);
  }

  /** A record may not be taken out of the scope by taking its company or board away. */
  #checkKept(operation: Operation, ties: Ties, body: unknown): void {
    const tied = new Set(this.membership.scope.dimensions.flatMap((dimension) => ties[dimension]?.toLowerCase() ?? []));
    const taken = stepsOf(body).some(
      (step) => tied.has(topOf(step).toLowerCase()) && (step.op === 'remove' || isEmpty(step.value)),
    );
    const foreign = stepsOf(body).some(({ op }) => !/^(add|replace|remove)$/i.test(String(op)));
    if (taken || foreign)
      throw new NotConfinable(nameOf(operation), this.#settings, 'a record has to keep its company and board');
  }

  /** A new record says whose it is: else Manage would choose. */
  #checkAnchored(operation: Operation, ties: Ties, claims: readonly Claim[], body: unknown): void {
    const said = new Set(
      claims.filter(({ id, names }) => !isEmpty(id) || Object.keys(names).length > 0).map(({ member }) => member),
    );
    if (isRecord(body))
      for (const [name, value] of Object.entries(body)) if (ANCHORS.has(name) && !isEmpty(value)) said.add(name);
    const schema = operation.request?.schema ?? operation.response.schema ?? '';
    // Where Manage works the company out, it is that of whatever else the record is for.
    const isDerived = meaningOf(schema, 'company')?.onWrite === 'derived';
    const through = isDerived ? [...said] : [...ties.through.map(([member]) => member), ...ANCHORS];
    for (const dimension of this.membership.scope.dimensions) {
      const member = ties[dimension];
      const isSaid = (member !== undefined && said.has(member)) || through.some((name) => said.has(name));
      const isFree = dimension === 'board' && member === undefined;
      if (isSaid || isFree) continue;
      const needed =
        member === undefined || member === 'id'
          ? 'a new one is outside of it'
          : `needs ${member} to say where it belongs`;
      throw new NotConfinable(nameOf(operation), this.#settings, needed);
    }
  }

  /** What is made of a record on no board, as of an opportunity, stands on one that Manage would choose where none is said. */
  #checkPlaced(operation: Operation, above: Ties, claims: readonly Claim[]): void {
    const { board } = tiesOf(this.#api, operation.response.schema);
    const isOpen = this.membership.scope.dimensions.includes('board') && above.board === undefined;
    if (!isOpen || board === undefined || claims.some(({ kind }) => PLACES.has(kind))) return;
    const takes = this.#api.schema(operation.request?.schema ?? '')?.fields.has(board) ?? false;
    throw new NotConfinable(
      nameOf(operation),
      this.#settings,
      takes ? `needs ${board} to say where it belongs` : 'Manage would choose the board',
    );
  }

  /** A phase is known by its project alone: what is put into one says, or has, the project that it is of. */
  async #checkPhase(operation: Operation, stored: ManageRecord, body: unknown): Promise<void> {
    const { phase, project: said, projectId } = setBy(body);
    const id = idIn(phase);
    const schema = operation.request?.schema ?? operation.response.schema ?? '';
    if (isEmpty(phase) || this.#api.schema(schema)?.fields.get('phase')?.schema !== 'ProjectPhaseReference') return;
    const parentId = [idIn(said), projectId, idIn(stored.project)].find((one) => !isEmpty(one));
    if (parentId === undefined || isEmpty(id))
      throw new NotConfinable(nameOf(operation), this.#settings, 'a phase needs its id, and its project beside it');
    try {
      await this.#manage.get(PHASE, { path: { parentId: Number(parentId), id: Number(id) } });
    } catch (error) {
      throw error instanceof NotFound ? this.#outside(operation) : error;
    }
  }

  /** A schedule entry means what its type and `objectId` mean together. */
  async #checkScheduled(operation: Operation, ties: Ties, stored: ManageRecord, body: unknown): Promise<void> {
    if (operation.method === 'DELETE' || !ties.through.some(([member]) => member === 'objectId')) return;
    const isWithin = await this.membership.holds({ ...stored, ...setBy(body) }, ties);
    if (!isWithin) throw this.#outside(operation);
  }
}
