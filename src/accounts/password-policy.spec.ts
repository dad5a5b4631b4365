import { describe, expect, it } from '@jest/globals';
import { mustBeHardToGuess } from './password-policy.js';

const owner = { username: 'badinh.clerk', displayName: 'Trần Văn Đức' };
const faultOf = (password: string): string | undefined => {
  try {
    mustBeHardToGuess(password, owner, '/newPassword');
    return undefined;
  } catch (error) {
    const [fault] = (error as { errors: { pointer: string; code: string }[] }).errors;
    return `${fault!.pointer} ${fault!.code}`;
  }
};

describe('a password', () => {
  it.each([
    ['one character', 'aaaaaaaaaaaa'],
    ['one character, two hundred times', 'a'.repeat(200)],
    ['a group again and again', 'abcabcabcabc'],
    ['the user name', 'badinh.clerk'],
    ['the user name and a little more', 'Badinh.Clerk1!'],
    ['the name without spaces', 'TrầnVănĐức'.padEnd(12, '1')],
    ['the name without diacritics and a year', 'tranvanduc2026'],
    ['the name as it is written', 'Trần Văn Đức 1'],
    ['the alphabet', 'abcdefghijkl'],
    ['digits in a row', '123456789012'],
    ['keys in a row', 'qwertyuiop[]'],
    ['a common one', 'iloveyou1234'],
    ['a common one with signs', 'P@ssw0rd2026'],
    ['a common one in Vietnamese', 'matkhau123456'],
    ['a common one in Vietnamese with diacritics', 'Mậtkhẩu@2026'],
    ['a common one in Vietnamese with a date', 'anhyeuem01012000'],
    ['the country and a row', 'Vietnam@123456'],
  ])('is refused: %s', (_what, password) => {
    expect(faultOf(password)).toBe('/newPassword easy_to_guess');
  });

  it.each([
    'một câu dài dễ nhớ',
    'cơn mưa đầu mùa hạ',
    'mot cau dai de nho',
    'kiwo-mesa-tulo-4821',
    'xkqzvbnmwert',
    '🦋🌾🛶🎋🪁🧺🥁🎏🏮🧧🪷🍚',
  ])('is taken: %s', (password) => {
    expect(faultOf(password)).toBeUndefined();
  });

  it('has twelve characters, counted as they are read', () => {
    expect(faultOf('mưa mùa hạ')).toBe('/newPassword length');
    expect(faultOf('ế'.normalize('NFD').repeat(11))).toBe('/newPassword length');
  });

  it('is looked at in a moment, however long it is', () => {
    const started = performance.now();
    faultOf('aA1!bB2@'.repeat(25));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
