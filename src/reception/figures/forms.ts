import type { PetitionFiguresRow, ReceptionKind, VisitFiguresRow } from './figures.queries.js';

/** Visits of one kind of reception, and the sessions of the head. */
export type KindFigures = Omit<VisitFiguresRow, 'unitId' | 'month' | 'reception'> & { sessions: number };
export type ReceptionFigures = Record<ReceptionKind, KindFigures>;
export type PetitionFigures = Omit<PetitionFiguresRow, 'unitId'>;

/** The columns of a statutory form by their numbers, and which of its checks hold. */
export interface FormFigures {
  columns: Record<string, number>;
  checks: { formula: string; holds: boolean }[];
}

/** Form 01/TCD: visits, persons, cases and groups by kind of reception (domain.md 8). */
export function form01({ regular, head, delegated }: ReceptionFigures): FormFigures {
  const of = (kind: KindFigures): number[] => [
    kind.visits,
    kind.persons,
    kind.casesFirst,
    kind.casesRepeated,
    kind.groups,
    kind.groupPersons,
    kind.groupCasesFirst,
    kind.groupCasesRepeated,
  ];
  const sum = (name: 'visits' | 'persons') => regular[name] + head[name] + delegated[name];
  const cases = [regular, head, delegated].reduce((total, kind) => total + kind.casesFirst + kind.casesRepeated, 0);
  const values = [sum('visits'), sum('persons'), cases, ...of(regular), head.sessions, ...of(head), delegated.sessions, ...of(delegated)];
  return checked(values, ['1=4+13+22', '2=5+14+23', '3=6+7+15+16+24+25']);
}

/** Form 02/TCD (Circular 02/2021/TT-TTCP): petitions received through reception. */
export function form02(figures: PetitionFigures): FormFigures {
  const { petitions, cases, complaints, complaintCases, denunciations, denunciationCases, others, otherCases } = figures;
  const { within, withinCases, outside, outsideCases, guided, transferred, urged, replied } = figures;
  return checked(
    [
      petitions,
      cases,
      complaints,
      complaintCases,
      denunciations,
      denunciationCases,
      others,
      otherCases,
      within,
      withinCases,
      outside,
      outsideCases,
      guided,
      transferred,
      urged,
      replied,
    ],
    ['1=3+5+7', '1=9+11', '2=4+6+8', '2=10+12', '12=13+14+15'],
  );
}

/** Where a check fails it is told, and no figure is bent. */
function checked(values: number[], formulas: string[]): FormFigures {
  const columns = Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
  const checks = formulas.map((formula) => {
    const [left = '', right = ''] = formula.split('=');
    return { formula, holds: columns[left] === right.split('+').reduce((total, column) => total + columns[column]!, 0) };
  });
  return { columns, checks };
}
