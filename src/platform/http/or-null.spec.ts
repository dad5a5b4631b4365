import { describe, expect, it } from '@jest/globals';
import { orNull, Problem } from '../problems/problem.js';

describe('orNull', () => {
  it('makes null of what does not exist', async () => {
    await expect(Promise.reject(Problem.notFound('đơn này', 'petition')).catch(orNull)).resolves.toBeNull();
  });

  it('lets every other failure go on as it is', async () => {
    const away = Object.assign(new Error('terminating connection'), { code: '57P01' });
    await expect(Promise.reject(away).catch(orNull)).rejects.toBe(away);
    const closed = new Problem('not-responsible', { vi: 'Không', en: 'No' });
    await expect(Promise.reject(closed).catch(orNull)).rejects.toBe(closed);
  });
});
