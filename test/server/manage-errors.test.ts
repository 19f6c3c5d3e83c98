import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CannedManage, startCanned } from '../support/canned.ts';
import { type Session, startHttpSession } from '../support/session.ts';

let manage: CannedManage;
let session: Session;
beforeAll(async () => {
  manage = await startCanned();
  session = await startHttpSession({ environment: { CWM_SITE: manage.url } });
  manage.target = session.sandbox.baseUrl;
});
afterAll(async () => {
  await session.close();
  await manage.close();
});

const invalid = (resource: string, code: string, message: string, field?: string) => ({
  code: 'InvalidObject',
  message: `${resource} object is invalid`,
  errors: [{ code, message, resource, ...(field !== undefined && { field }) }],
});
const plain = (code: string, message: string) => ({ code, message, errors: null });

type Call = readonly [tool: string, input: Record<string, unknown>, method: string, path: string];
const CREATE: Call = [
  'create_ticket',
  { summary: 'Errors', company: 'Globex', allowDuplicate: true },
  'POST',
  '/service/tickets',
];
const UPDATE: Call = ['update_ticket', { ticketId: 577, summary: 'Errors' }, 'PATCH', '/service/tickets/577'];
const NOTE: Call = ['add_ticket_note', { ticketId: 577, text: 'Errors' }, 'POST', '/notes'];
const CONTACT: Call = ['create_contact', { firstName: 'Eve', company: 'Globex' }, 'POST', '/company/contacts'];
const TIME: Call = ['log_time', { chargeCode: 'Training', start: '5am', hours: '1' }, 'POST', '/time/entries'];
const SEARCH: Call = ['search_tickets', { kind: 'service' }, 'GET', '/service/tickets?'];
const READ: Call = ['get_ticket', { ticketId: 577 }, 'GET', '/service/tickets/577'];
const CALLBACK: Call = [
  'call_write_operation',
  {
    operation: 'POST /system/callbacks',
    body: { url: 'https://x.example/hook', objectId: 1, type: 'Ticket', level: 'Owner' },
    confirm: true,
  },
  'POST',
  '/system/callbacks',
];

/** Messages of real servers, what they come from, and the next call that has to be named. */
const CASES: readonly (readonly [what: string, call: Call, status: number, body: unknown, next: RegExp])[] = [
  [
    'a missing scalar',
    CONTACT,
    400,
    invalid('contact', 'MissingRequiredField', 'The firstName field is required.', 'firstName'),
    /firstName.*required.*Send the fields that are named/s,
  ],
  [
    'a missing reference',
    CREATE,
    400,
    invalid('ticket', 'MissingRequiredField', 'The assignTo/id field is required.', 'assignTo'),
    /assignTo.*Send the fields that are named/s,
  ],
  [
    'a configuration without an id',
    CREATE,
    400,
    invalid('ticket', 'MissingRequiredField', 'id or deviceIdentifier is required.', 'id'),
    /deviceIdentifier.*Send the fields/s,
  ],
  [
    'a text that is too long',
    UPDATE,
    400,
    invalid('ticket', 'MaxLengthField', 'The field summary must be a string with a maximum length of 100.', 'summary'),
    /summary.*maximum length of 100.*Shorten it/s,
  ],
  [
    'a number out of range',
    UPDATE,
    400,
    invalid('company', 'OutOfRange', 'The field yearEstablished must be between 1900 and 9999.'),
    /between 1900 and 9999.*within the range/s,
  ],
  [
    'a reference to nothing',
    CREATE,
    400,
    invalid('ticket', 'NotFound', 'company 19299 not found', 'company/id'),
    /company 19299 not found.*look it up and send its id\. lookup_values/s,
  ],
  [
    'a status of another board',
    UPDATE,
    400,
    invalid('ticket', 'NotFound', 'Service Status 17 not found for Service Board 21', 'status/id'),
    /Service Board 21.*lookup_values/s,
  ],
  [
    'a company that exists',
    CREATE,
    400,
    invalid('company', 'ObjectExists', 'Company ID already in use.', 'identifier'),
    /already in use.*search for it and use that one/s,
  ],
  [
    'a callback that exists',
    CALLBACK,
    400,
    invalid('callback', 'ObjectExists', 'A matching callback entry already exists', 'objectId'),
    /already exists.*use that one/s,
  ],
  [
    'a bad URL',
    CALLBACK,
    400,
    invalid('callback', 'InvalidField', 'Invalid URL', 'url'),
    /Invalid URL.*whole https address/s,
  ],
  [
    'a bad level',
    CALLBACK,
    400,
    invalid('callback', 'InvalidObject', 'Unrecognized level for type, see documentation', 'level'),
    /Unrecognized level.*describe_operation/s,
  ],
  [
    'a date with an offset',
    TIME,
    400,
    invalid('timeEntry', 'UnsupportedFormat', 'Unsupported format applied to timeStart', 'timeStart'),
    /Unsupported format.*UTC in whole seconds/s,
  ],
  [
    'a note for nobody',
    NOTE,
    400,
    invalid(
      'serviceNote',
      'InvalidField',
      'Please choose where to display the notes in order to save this record.',
      'detailDescriptionFlag',
    ),
    /where to display.*detailDescriptionFlag/s,
  ],
  [
    'a field of creation',
    UPDATE,
    400,
    invalid('company', 'InvalidField', 'types can only be used when creating a new company', 'types'),
    /only be used when creating.*search_operations/s,
  ],
  [
    'an unknown member',
    CREATE,
    400,
    plain(
      'ConnectWiseApi',
      "Could not find member 'enteredBy' on object of type 'Ticket'. Path 'enteredBy', line 1, position 51.Check your accept header to make sure you are using the correct version.",
    ),
    /enteredBy.*describe_operation lists/s,
  ],
  [
    'an unknown version',
    SEARCH,
    400,
    plain(
      'ConnectWiseApi',
      "The HTTP resource that matches the request URI 'x' does not support the API version '0.0'.",
    ),
    /API version.*CWM_API_VERSION/s,
  ],
  [
    'a condition on nothing',
    SEARCH,
    400,
    plain('ApiFindCondition', 'closedby is not a recognized name.'),
    /closedby.*describe_operation lists the fields/s,
  ],
  [
    'a value of no enum',
    SEARCH,
    400,
    plain('ApiFindCondition', 'Enum value supplied was invalid'),
    /Enum value.*= or in, not with like/s,
  ],
  [
    'a value of the wrong kind',
    SEARCH,
    400,
    plain(
      'ApiFindCondition',
      'Expected a boolean value, not a numeric. String values should be enclosed with double or single quotes',
    ),
    /Expected a boolean.*true or false without quotes/s,
  ],
  [
    'a patch of another type',
    UPDATE,
    400,
    plain(
      'InvalidPatch',
      'Could not cast or convert from System.String to ConnectWise.Apis.v3_0.v2015_3.Company.Contact.ContactCommunicationItem[].',
    ),
    /Could not cast.*case-sensitive/s,
  ],
  [
    'a path of another case',
    UPDATE,
    400,
    plain('InvalidPatch', "The path 'Summary' is not valid."),
    /not valid.*case-sensitive/s,
  ],
  [
    'time that is not allowed',
    TIME,
    400,
    invalid('timeEntry', 'InvalidField', 'Time entry is not allowed for this record.', 'chargeToId'),
    /not allowed.*get_ticket shows both\. update_ticket/s,
  ],
  [
    'a role of another office',
    TIME,
    400,
    invalid('timeEntry', 'InvalidField', 'The default Work Role is not valid for the selected location', 'workRole/id'),
    /Work Role.*lookup_values/s,
  ],
  [
    'no time period',
    TIME,
    400,
    invalid('timeEntry', 'InvalidField', 'There is no open time period for the selected date.', 'timeStart'),
    /no open time period.*administrator/s,
  ],
  ['a sign-in that is wrong', READ, 401, plain('Unauthorized', 'Incorrect public/private key'), /cwm-mcp doctor/],
  [
    'a right that is missing',
    READ,
    403,
    plain('Security', 'You do not have security permission to perform this action.'),
    /security role does not allow/,
  ],
  [
    'a page of a firewall',
    READ,
    403,
    '<html><title>Blocked</title></html>',
    /Blocked.*firewall on the way.*security role/s,
  ],
  ['plain http', READ, 403, plain('Security', 'SSL is required.'), /CWM_SITE has to be the https address/],
  [
    'an id of nothing',
    ['get_company', { company: 2 }, 'GET', '/company/companies/2'],
    404,
    plain('NotFound', 'Company 2 not found'),
    /search_companies/,
  ],
  ['an unknown endpoint', SEARCH, 404, plain('ConnectWiseApi', 'The endpoint does not exist.'), /search_operations/],
  [
    'a page of the web server',
    SEARCH,
    404,
    '<html><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1></body></html>',
    /search_tickets|CWM_SITE|doctor/,
  ],
  ['a record in use', CALLBACK, 409, plain('Conflict', 'The record is in use.'), /in use.*read it again first/s],
  [
    'a value that is not a boolean',
    UPDATE,
    500,
    plain('ConnectWiseApi', 'String was not recognized as a valid Boolean.'),
    /Nothing was changed/,
  ],
];

describe('an error from Manage names the next call to make', () => {
  it.each(CASES)('%s', async (...[, [tool, input, method, path], status, body, next]) => {
    manage.answer = { method, path, status, body };
    const { text, isError } = await session.call(tool, input);
    manage.answer = undefined;
    expect(text).toMatch(next);
    expect(isError).toBe(true);
    expect(text.length).toBeLessThanOrEqual(1_500);
    expect(text).not.toMatch(/<\w|\bat \w+ \(|stack/);
  });
});
