/*
 * What the page reads of the API's answers; docs/openapi.json describes them whole.
 */
export interface Text {
  vi: string;
}
export interface UnitReference {
  id: string;
  name: string;
}
export interface Problem {
  title: string;
  detail?: string;
  errors?: { detail: string }[];
}
export interface Tokens {
  accessToken: string;
  refreshToken: string;
}
export interface Me {
  displayName: string;
  unit: UnitReference;
}
export interface Period {
  code: string;
  label: Text;
  from: string;
  to: string;
}
export interface Periods {
  items: (Period & { circular: string | null })[];
}
export interface FormReference {
  name: string;
  title: Text;
  set: { circular: string; provisional: Text | null };
}
export interface FormSets {
  items: { governs: boolean; forms: { code: string; name: string; title: Text }[] }[];
}
export interface ColumnNode {
  label: Text;
  columns?: ColumnNode[];
  number?: number;
  formula?: string | null;
  explained?: Text;
}
export interface Check {
  formula: string;
  left: number;
  right: number;
  holds: boolean;
}
export interface FormReport {
  form: FormReference;
  period: Period;
  unit: UnitReference;
  asOf: string;
  rows: { unit: UnitReference; reporting: boolean; figures: Record<number, number>; failed: Check[] }[];
  subtotals: { level: string; units: number; figures: Record<number, number> }[];
  total: Record<number, number>;
  checks: Check[];
}
export interface CellPage {
  form: FormReference;
  column: ColumnNode;
  period: Period;
  unit: UnitReference;
  figure: number;
  declared: number;
  items: {
    unit: UnitReference;
    subject: { number: string | null; summary: string | null; masked: boolean };
    day: string;
    amount: number;
    because: Text[];
  }[];
  nextCursor: string | null;
}
export interface Named {
  code: string;
  label: Text;
}
export interface Pivot {
  dimensions: Named[];
  measures: Named[];
  lines: { keys: Named[]; values: (number | null)[] }[];
}
export interface DurationItem {
  kind: string | null;
  count: number;
  median: number | null;
  ninety: number | null;
  bins: { from: number; to: number | null; count: number }[];
}
export interface Durations {
  items: DurationItem[];
}
export interface Flows {
  items: {
    from: UnitReference;
    to: UnitReference;
    sent: number;
    pending: number;
    received: number;
    returned: number;
    replied: number;
    daysToReceipt: number | null;
    daysToReply: number | null;
  }[];
}
interface Expected {
  overdueNow: number;
  runningOut: number;
  expectedLate: number | null;
}
export interface Forecast {
  total: Expected;
  items: (Expected & { unit: UnitReference })[];
}
