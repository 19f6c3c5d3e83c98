/** How a column's values are kept: as the reports of Manage name types. */
export type ColumnType = 'Numeric' | 'Text' | 'DateTime' | 'Boolean';

export interface ViewColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Where the value is in a record of the collection: `status/name`. */
  readonly path: string;
}

/** A report: rows of some collections under the column names of a database view. */
export interface View {
  readonly name: string;
  readonly collections: readonly string[];
  readonly columns: readonly ViewColumn[];
}

const view = (name: string, collections: string, columns: string): View => ({
  name,
  collections: collections.split(' '),
  columns: columns
    .trim()
    .split('\n')
    .map((line) => {
      const [column = '', type = 'Text', path = ''] = line.trim().split(' ');
      return { name: column, type: type as ColumnType, path };
    }),
});

/**
 * The reports of this sandbox. Manage's own are views of its database, with names in a style of their own; which columns they
 * have differs from server to server, so these are inventions in that style.
 */
export const VIEWS: readonly View[] = [
  view(
    'Service',
    '/service/tickets /project/tickets',
    `SR_Service_RecID Numeric id
     Summary Text summary
     Company_RecID Numeric company/id
     Company_Name Text company/name
     Contact_Name Text contactName
     Board_Name Text board/name
     Status_Description Text status/name
     Priority_Description Text priority/name
     Service_Type Text type/name
     Source_Description Text source/name
     Resource_List Text resources
     Closed_Flag Boolean closedFlag
     Date_Entered DateTime _info/dateEntered
     Date_Required DateTime requiredDate
     Date_Closed DateTime closedDate
     Hours_Budget Numeric budgetHours
     Hours_Actual Numeric actualHours
     Last_Update DateTime _info/lastUpdated
     Updated_By Text _info/updatedBy
     TicketNbr Numeric id`,
  ),
  view(
    'Time',
    '/time/entries',
    `Time_RecID Numeric id
     Member_ID Text member/identifier
     Member_Name Text member/name
     Company_Name Text company/name
     SR_Service_RecID Numeric ticket/id
     Work_Type Text workType/name
     Work_Role Text workRole/name
     Agreement_Name Text agreement/name
     Time_Start DateTime timeStart
     Time_End DateTime timeEnd
     Hours_Actual Numeric actualHours
     Hours_Bill Numeric hoursBilled
     Hourly_Rate Numeric hourlyRate
     Billable_Option Text billableOption
     Time_Status Text status`,
  ),
  view(
    'Agreement',
    '/finance/agreements',
    `AGR_Header_RecID Numeric id
     Agreement_Name Text name
     Agreement_Type Text type/name
     Company_Name Text company/name
     Agreement_Status Text agreementStatus
     Date_Start DateTime startDate
     Date_End DateTime endDate
     Bill_Amount Numeric billAmount`,
  ),
  view(
    'Company',
    '/company/companies',
    `Company_RecID Numeric id
     Company_ID Text identifier
     Company_Name Text name
     Company_Status Text status/name
     Territory Text territory/name
     City Text city
     Delete_Flag Boolean deletedFlag`,
  ),
  view(
    'Invoice',
    '/finance/invoices',
    `Billing_Log_RecID Numeric id
     Invoice_Number Text invoiceNumber
     Invoice_Type Text type
     Company_Name Text company/name
     Billing_Status Text status/name
     Date_Invoice DateTime date
     Due_Date DateTime dueDate
     Invoice_Amount Numeric total
     Balance Numeric balance`,
  ),
  view(
    'Member',
    '/system/members',
    `Member_RecID Numeric id
     Member_ID Text identifier
     First_Name Text firstName
     Last_Name Text lastName
     Title Text title
     Inactive_Flag Boolean inactiveFlag
     Date_Hire DateTime hireDate`,
  ),
];
