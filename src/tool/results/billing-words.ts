import { type Clean, cleanLine, say } from '../../text/index.ts';

const BILLING: Readonly<Record<string, Clean>> = {
  Billable: say`billable`,
  DoNotBill: say`do not bill`,
  NoCharge: say`no charge`,
  NoDefault: say`billed by default`,
};

/** How time, an expense or a product is billed, in the words of Manage's screens: `do not bill`. */
export const billingWords = (option: unknown): Clean => BILLING[String(option)] ?? cleanLine(option);
