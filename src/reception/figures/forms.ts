import { checkFigures, type Form } from '../../rules/reports/form.js';
import { receptionForm, receptionPetitionsForm } from '../../rules/reports/sets/reception-forms.js';
import type { PetitionFiguresRow, ReceptionKind, VisitFiguresRow } from './figures.queries.js';

/** Visits of one kind of reception, and the sessions of the head. */
export type KindFigures = Omit<VisitFiguresRow, 'unitId' | 'month' | 'reception'> & { sessions: number };
export type ReceptionFigures = Record<ReceptionKind, KindFigures>;
export type PetitionFigures = Omit<PetitionFiguresRow, 'unitId'>;

/** The columns of a statutory form by their numbers, and which of its checks hold. */
export interface CheckedFigures {
  columns: Record<string, number>;
  checks: { formula: string; holds: boolean }[];
}

/** Form 01/TCD: visits, persons, cases and groups by kind of reception (domain.md 8). */
export function form01({ regular, head, delegated }: ReceptionFigures): CheckedFigures {
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
  return checked(receptionForm, values);
}

/** Form 02/TCD (Circular 02/2021/TT-TTCP): petitions received through reception. */
export function form02(figures: PetitionFigures): CheckedFigures {
  const { petitions, cases, complaints, complaintCases, denunciations, denunciationCases, others, otherCases } = figures;
  const { within, withinCases, outside, outsideCases, guided, transferred, urged, replied } = figures;
  return checked(receptionPetitionsForm, [
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
  ]);
}

/** The figures by their columns with the checks of the form; where one fails it is told, and no figure is bent. */
function checked(form: Form, values: number[]): CheckedFigures {
  const columns = Object.fromEntries(values.map((value, index) => [index + 1, value]));
  return { columns, checks: checkFigures(form, columns).map(({ formula, holds }) => ({ formula, holds })) };
}
