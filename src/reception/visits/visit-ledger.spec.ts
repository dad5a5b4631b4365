import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { since2026 } from '../../rules/source.js';
import type { Visit } from './visit.js';
import { VisitLedgerService } from './visit-ledger.service.js';

const visitor = { name: 'Quách Thị Sương Mai', nationalId: '001177000777', address: 'Số 5 phố Trấn Vũ' };
const visit = {
  number: 'P004-TCD-2026-000001',
  visitedOn: '2026-07-08',
  visitors: [visitor],
  matter: 'Tố cáo thu tiền',
  kind: 'denunciation',
  persons: 1,
  appointmentNumber: 'P004-H-2026-000007',
  revision: 1,
} as unknown as Visit;

/** The ledger of one visit as it is printed up to a day. */
function printed(identitySecret: boolean, to: string): Promise<string> {
  const visits = { ledger: () => [{ ...visit, identitySecret }].values() };
  const nothing = { structure: { get: () => undefined }, unitsAsked: () => [] };
  const service = new VisitLedgerService(visits as never, nothing as never, nothing as never, nothing as never, nothing as never);
  return service.csv({ from: '2026-06-01', to }, {} as never).then(text);
}

describe('the printed ledger', () => {
  it.each([['2026-06-30'], [since2026]])('up to %s tells neither who came to denounce nor which appointment leads to him', async (to) => {
    const [open, secret] = [await printed(false, to), await printed(true, to)];
    for (const told of [visitor.name, visit.appointmentNumber!])
      expect([told, open.includes(told), secret.includes(told)]).toEqual([told, true, false]);
  });
});
