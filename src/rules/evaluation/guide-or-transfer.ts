import { since2026 } from '../source.js';
import type { Filing } from './filing.js';

/**
 * Whether a complaint outside competence may be transferred as well as guided: since 2026-07-01 what a reception of citizens received (Law on Citizen
 * Reception art. 26(1)(b) as amended by Law 136/2025/QH15 art. 1(11)). What came by post or online is guided alone.
 */
export function mayTransfer({ kind, filedOn, channel }: Pick<Filing, 'kind' | 'filedOn' | 'channel'>): boolean {
  return kind === 'complaint' && channel === 'in_person' && filedOn >= since2026;
}
