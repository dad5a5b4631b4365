import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { Problem } from '../platform/problems/problem.js';
import { fold } from '../platform/text/fold.js';

/** Fewest characters of a password (NIST SP 800-63B asks for 8 beside a second factor, 15 without). */
export const fewestCharacters = 12;
/** Guesses, as a power of ten, that a password must take: online ones are delayed, and offline ones cost an Argon2 each. */
const fewestGuesses = 9;
/** What follows these characters makes a password no weaker, and costs time to look at. */
const charactersLookedAt = 64;

/** What passwords in Viet Nam are made of, without diacritics, which the lists of the world do not have; the commonest first. */
const vietnamese = [
  ...['matkhau', 'anhyeuem', 'emyeuanh', 'vietnam', 'iloveyou', 'khongbiet', 'khongco', 'yeuem', 'yeuanh', 'anhyeu', 'emyeu', 'giadinh'],
  ...[
    'hanoi',
    'saigon',
    'thanhpho',
    'hochiminh',
    'hcm',
    'danang',
    'haiphong',
    'cantho',
    'hue',
    'viet',
    'nam',
    'vn',
    'toiyeuvietnam',
    'vietnamvodich',
  ],
  ...[
    'tiepdan',
    'tiepcongdan',
    'congdan',
    'khieunai',
    'tocao',
    'donthu',
    'thanhtra',
    'uyban',
    'ubnd',
    'hdnd',
    'phuong',
    'quan',
    'huyen',
    'xa',
    'tinh',
  ],
  ...[
    'canbo',
    'lanhdao',
    'chutich',
    'quantri',
    'quantrivien',
    'vanphong',
    'vanthu',
    'admin',
    'demo',
    'abc',
    'motcua',
    'chinhquyen',
    'nhanuoc',
    'coquan',
  ],
  ...[
    'nguyen',
    'tran',
    'pham',
    'hoang',
    'huynh',
    'phan',
    'vu',
    'vo',
    'dang',
    'bui',
    'ngo',
    'duong',
    'ly',
    'thi',
    'van',
    'anh',
    'linh',
    'trang',
    'huong',
  ],
  ...[
    'hoa',
    'lan',
    'mai',
    'dung',
    'hung',
    'tuan',
    'minh',
    'thanh',
    'thao',
    'nga',
    'ngoc',
    'son',
    'long',
    'duc',
    'hai',
    'yen',
    'phuc',
    'loc',
    'tho',
  ],
  ...['motngaydepnhat', 'conyeume', 'boyeu', 'meyeu', 'bome', 'conheo', 'conmeo', 'chongyeu', 'voyeu', 'hanhphuc', 'mayman', 'phattai'],
];

let estimator: ZxcvbnFactory | undefined;

/**
 * Refuses passwords that somebody guesses who knows the official or the lists of the commonest ones: the user name and the name with a few
 * characters more, one character or a group again and again, sequences of letters, digits and keys, dates, and common passwords, with or
 * without diacritics and with letters replaced by signs.
 * @param pointer field of the request that holds it
 * @throws Problem `validation-failed`
 */
export function mustBeHardToGuess(password: string, owner: { username: string; displayName: string }, pointer: string): void {
  const characters = Array.from(password.normalize('NFC'));
  if (characters.length < fewestCharacters)
    throw Problem.field('validation-failed', pointer, 'length', {
      vi: `Mật khẩu phải có ít nhất ${fewestCharacters} ký tự.`,
      en: `A password must have at least ${fewestCharacters} characters.`,
    });
  estimator ??= new ZxcvbnFactory({ dictionary: { ...dictionary, vietnamese }, graphs: adjacencyGraphs, maxLength: charactersLookedAt });
  const { guessesLog10 } = estimator.check(fold(characters.slice(0, charactersLookedAt).join('')), wordsOf(owner));
  if (guessesLog10 >= fewestGuesses) return;
  throw Problem.field('validation-failed', pointer, 'easy_to_guess', {
    vi: 'Mật khẩu dễ đoán: không dùng tên đăng nhập, họ tên, ký tự lặp lại, dãy liên tiếp hoặc mật khẩu phổ biến; nên dùng một câu dài dễ nhớ.',
    en: 'The password is easy to guess: not the user name or name, repeated characters, sequences or a common password; a long sentence is best.',
  });
}

/** Names whole and in parts, as somebody would write them into a password. */
function wordsOf({ username, displayName }: { username: string; displayName: string }): string[] {
  const name = fold(displayName);
  const words = [...username.toLowerCase().split(/[._-]/), ...name.split(' ')].filter((word) => word.length > 1);
  return [username.toLowerCase(), username.toLowerCase().replace(/[._-]/g, ''), name, name.replaceAll(' ', ''), ...words];
}
