/*
 * The statutory forms counted slowly and obviously: row by row over what happened, from the words of docs/reports.md and the numbering of the circulars, without the
 * definitions of the forms and without SQL. What the product counts is compared with it.
 */

/** What a unit found of a petition at a moment. */
export interface Finding {
  kind: 'complaint' | 'denunciation' | 'recommendation' | 'reflection';
  stage: 'first' | 'second' | 'continuing' | null;
  field: string | null;
  within: boolean;
}

/** Something that happened to a petition; `order` is the order in which everything was written down. */
export interface Happening {
  type: string;
  on: string;
  order: number;
  /** How the petition stood right after. */
  finding: Finding;
  /** Unit at which it arrives with this. */
  atUnit?: string;
  goesOn?: boolean;
  ground?: string;
  result?: string | null;
  importedState?: string;
  dueOn?: string | null;
  /** Of a part: the day on which it was split off, and so classified. */
  splitOn?: string;
}

export interface ToldPetition {
  id: string;
  /** As cases were merged since. */
  caseId: string;
  /** As it was when the petition was processed. */
  caseIdThen: string;
  parentId: string | null;
  channel: string;
  signatories: number;
  anonymous: boolean;
  prior: { decidedOn?: string | null; refusedOn?: string | null }[];
  inForceOn: string | null;
  happenings: Happening[];
  obligations: (Amounts & { type: string; fulfilledOn: string | null; performances: (Amounts & { on: string })[] })[];
}

export interface Amounts {
  money: number;
  land: number;
  organisations: number;
  persons: number;
  officials: number;
  cases: number;
}

export interface ToldVisit {
  unitId: string;
  on: string;
  order: number;
  heldBy: string | null;
  persons: number;
  largeGroup: boolean;
  refused: boolean;
  petitionId: string | null;
  matterId: string;
}

/** Everything that the forms are counted from. */
export interface Told {
  petitions: ToldPetition[];
  replies: { petitionId: string; fromUnitId: string; on: string; kind: Finding['kind'] }[];
  urgings: { petitionId: string; fromUnitId: string; on: string }[];
  courts: { petitionId: string; issuedOn: string }[];
  visits: ToldVisit[];
  sessions: { unitId: string; on: string; heldBy: string | null; state: string; publishedOn: string | null }[];
  /** Regulations: issued, replaced, amended, supplemented, repealed. */
  regulations: { unitId: string; on: string; action: string }[];
  /** Inspections of responsibility; a finding that was accepted is carried out. */
  inspections: {
    unitId: string;
    decision: string;
    state: string;
    startedOn: string | null;
    concludedOn: string | null;
    findings: { withdrawn: boolean; acceptedOn: string | null }[];
  }[];
  /** Units that went into another as a whole. */
  successions: { predecessorId: string; successorId: string; on: string }[];
}

interface Stay {
  petition: ToldPetition;
  unitId: string;
  order: number;
  via: 'filed' | 'transferred' | 'sent_back';
  arrived: string;
  /** It was split here. */
  split: boolean;
  classified: string | null;
  processed: string | null;
  outcome: string | null;
  finding: Finding;
  matter: string | null;
  ended: string | null;
  endedBy: string | null;
  result: string | null;
  dueOn: string | null;
}

const processingEvents = ['accepted', 'answered', 'refused', 'guided', 'transferred', 'referred', 'returned', 'filed_away', 'withdrawn'];
const weights = ['accepted', 'answered', 'refused', 'transferred', 'referred', 'guided', 'withdrawn', 'returned', 'filed_away'];

/** Figures of every form, by circular, form and reporting unit: the columns in their order. */
export function reference(told: Told, rowOf: ReadonlyMap<string, string>, from: string, to: string): Map<string, number[]> {
  const byId = new Map(told.petitions.map((petition) => [petition.id, petition]));
  const stays = told.petitions.flatMap((petition) => staysOf(petition, told, byId));
  for (const petition of told.petitions) endWhole(petition, stays);
  const figures = new Map<string, number[]>();
  for (const row of new Set(rowOf.values())) {
    const inRow = (unitId: string) => rowOf.get(unitId) === row;
    const put = (circulars: ('2021' | '2024' | '2025')[], form: string, columns: number[]) => {
      for (const circular of circulars) figures.set(`${circular} ${form} ${row}`, columns);
    };
    const count = new Counting(
      told,
      byId,
      stays.filter((stay) => inRow(stay.unitId)),
      inRow,
      from,
      to,
    );
    put(['2021', '2024'], '01-TCD', count.reception());
    put(['2021'], '02-TCD', count.receivedAtReception());
    put(['2024'], '01-XLD', count.allPetitions2024());
    put(['2021'], '01-XLD', count.allPetitions2021());
    put(['2024'], '02-XLD', count.complaints2024());
    put(['2021'], '02-XLD', count.complaints2021());
    put(['2024'], '03-XLD', count.denunciations2024());
    put(['2021'], '03-XLD', count.denunciations2021());
    put(['2024'], '04-XLD', count.others2024());
    put(['2021'], '04-XLD', count.others2021());
    put(['2021', '2024'], '01-KQGQ', count.complaintsResolved());
    put(['2021', '2024'], '02-KQGQ', count.complaintsEnforced());
    put(['2021', '2024'], '03-KQGQ', count.denunciationsResolved());
    put(['2021', '2024'], '04-KQGQ', count.denunciationsEnforced());
    put(['2025'], '01-TCD', count.reception2025());
    put(['2025'], '02-XLD', count.processing2025());
    put(['2025'], '03-GQKN', count.complaints2025());
    put(['2025'], '04-GQTC', count.denunciations2025());
    put(['2025'], '05-KQTH', count.enforcement2025());
    put(['2025'], '06-QLKNTC', count.management2025());
  }
  return figures;
}

/** Where a petition lay, from what happened to it. */
function staysOf(petition: ToldPetition, told: Told, byId: Map<string, ToldPetition>): Stay[] {
  const stays: Stay[] = [];
  const open = () => stays.find((stay) => stay.processed === null);
  const begin = (unitId: string, via: Stay['via'], { on, order, finding }: Happening) =>
    stays.push({
      petition,
      unitId,
      order,
      via,
      arrived: on,
      split: false,
      classified: null,
      processed: null,
      outcome: null,
      finding,
      matter: null,
      ended: null,
      endedBy: null,
      result: null,
      dueOn: null,
    });
  const process = (outcome: string, { on, finding, result }: Happening) => {
    const stay = open();
    // An answer that resolves nothing leaves the matter in hand.
    const lasting = outcome === 'answered' && result === 'not_resolved' ? 'accepted' : outcome;
    if (stay) Object.assign(stay, { processed: on, outcome, finding, matter: matterOn(petition, lasting, on, told, byId) });
  };
  const end = (endedBy: string, happening: Happening) => {
    const stay = stays.find(({ outcome, ended }) => (outcome === 'accepted' || outcome === 'answered') && ended === null);
    if (stay) Object.assign(stay, { ended: happening.on, endedBy, result: happening.result ?? null, dueOn: happening.dueOn ?? null });
  };
  for (const happening of petition.happenings) {
    const current = open();
    if (current) current.finding = happening.finding;
    const { type } = happening;
    if (type === 'received') begin(happening.atUnit!, 'filed', happening);
    else if (type === 'split_off') {
      begin(happening.atUnit!, 'filed', happening);
      stays[0]!.classified = happening.splitOn!;
    } else if (type === 'split') {
      if (current) current.split = true;
    } else if (type === 'classified') {
      if (current) current.classified ??= happening.on;
    } else if (type === 'transfer_received') begin(happening.atUnit!, 'transferred', happening);
    else if (type === 'transfer_returned') {
      process('sent_back', happening);
      begin(happening.atUnit!, 'sent_back', happening);
    } else if (type === 'imported') {
      const how = {
        guided: 'guided',
        returned: 'returned',
        filed_away: 'filed_away',
        refused: 'refused',
        terminated: 'accepted',
        closed: 'accepted',
      }[happening.importedState ?? ''];
      if (how) process(how, happening);
      if (how === 'accepted') end(happening.importedState === 'terminated' ? 'termination' : 'decision', { ...happening, result: null });
    } else if (type === 'decided' || type === 'concluded') end('decision', happening);
    else if (type === 'terminated') end(happening.ground === 'withdrawn' ? 'withdrawal' : 'termination', { ...happening, result: null });
    else if (processingEvents.includes(type) && !happening.goesOn) {
      process(type, happening);
      if (type === 'answered') end('decision', happening);
      if (type === 'withdrawn') end('withdrawal', { ...happening, result: null });
    }
  }
  return stays;
}

/** A petition that was split is processed when its last part is, as the weightiest of them. */
function endWhole(petition: ToldPetition, stays: Stay[]): void {
  const parts = stays.filter((stay) => stay.petition.parentId === petition.id && stay.via === 'filed');
  const whole = stays.find((stay) => stay.petition === petition && stay.processed === null);
  if (!whole || parts.length === 0 || parts.some(({ processed }) => processed === null)) return;
  const [weightiest] = [...parts].sort(
    (one, other) =>
      Number(other.finding.within) - Number(one.finding.within) ||
      weights.indexOf(one.outcome!) - weights.indexOf(other.outcome!) ||
      one.order - other.order,
  );
  whole.processed = parts
    .map(({ processed }) => processed!)
    .sort()
    .at(-1)!;
  whole.outcome = weightiest!.outcome;
  whole.matter = weightiest!.matter;
  whole.finding = { ...whole.finding, within: parts.some(({ finding }) => finding.within) };
}

/** How far the matter was on a day, with what the petition was processed by. */
function matterOn(petition: ToldPetition, outcome: string, on: string, { courts }: Told, byId: Map<string, ToldPetition>): string {
  if (courts.some((court) => byId.get(court.petitionId)!.caseIdThen === petition.caseIdThen && court.issuedOn <= on)) return 'court';
  let resolved = outcome === 'answered' ? 1 : 0;
  let elsewhere = 0;
  for (const { decidedOn, refusedOn } of petition.prior) {
    if (decidedOn && decidedOn <= on) resolved++;
    else if (decidedOn || !refusedOn) elsewhere++;
  }
  if (resolved > 0) return resolved === 1 ? 'first' : 'many';
  return outcome === 'accepted' || elsewhere > 0 ? 'in_hand' : 'not_begun';
}

class Counting {
  constructor(
    private readonly told: Told,
    private readonly byId: Map<string, ToldPetition>,
    private readonly stays: Stay[],
    private readonly inRow: (unitId: string) => boolean,
    private readonly from: string,
    private readonly to: string,
  ) {}

  private inPeriod(day: string | null): boolean {
    return day !== null && day >= this.from && day <= this.to;
  }

  private readonly lay = ({ arrived, processed }: Stay) => arrived <= this.to && (processed === null || processed >= this.from);
  private readonly carried = ({ arrived }: Stay) => arrived < this.from;
  private readonly received = ({ arrived }: Stay) => arrived >= this.from;
  private readonly done = ({ processed }: Stay) => processed !== null && processed <= this.to;
  private readonly eligible = (stay: Stay) =>
    this.done(stay) && !['filed_away', 'returned', 'withdrawn', 'sent_back'].includes(stay.outcome!);

  private passed(stay: Stay): 'guided' | 'transferred' | 'urged' | null {
    if (stay.finding.within || !this.done(stay)) return null;
    const about = (petitionId: string) => petitionId === stay.petition.id || this.byId.get(petitionId)!.parentId === stay.petition.id;
    if (this.told.urgings.some(({ fromUnitId, petitionId, on }) => fromUnitId === stay.unitId && about(petitionId) && this.inPeriod(on)))
      return 'urged';
    if (stay.outcome === 'guided') return 'guided';
    return stay.outcome === 'transferred' || stay.outcome === 'referred' ? 'transferred' : null;
  }

  /** Each petition that lay here in the period, once: as it came first in it, and as it left last. */
  private once(): Stay[] {
    const byPetition = new Map<ToldPetition, Stay[]>();
    for (const stay of this.stays.filter(this.lay)) byPetition.set(stay.petition, [...(byPetition.get(stay.petition) ?? []), stay]);
    return [...byPetition.values()].map((stays) => {
      const sorted = [...stays].sort((one, other) =>
        one.arrived < other.arrived ? -1 : one.arrived > other.arrived ? 1 : one.order - other.order,
      );
      return { ...sorted.at(-1)!, arrived: sorted[0]!.arrived };
    });
  }

  /** Petitions: one that was split here counts with its parts; a part that came from elsewhere counts itself. */
  private wholes(): Stay[] {
    return this.once().filter(
      ({ petition }) => !this.stays.some((whole) => whole.split && whole.petition.id === petition.parentId && this.lay(whole)),
    );
  }

  private matters(...kinds: Finding['kind'][]): Stay[] {
    return this.once().filter((stay) => !stay.split && (kinds.length === 0 || kinds.includes(stay.finding.kind)));
  }

  /** One stay for each case: the last that was processed. */
  private lastOfCases(stays: Stay[]): Stay[] {
    const last = new Map<string, Stay>();
    for (const stay of stays) {
      const known = last.get(stay.petition.caseId);
      if (!known || stay.processed! > known.processed! || (stay.processed === known.processed && stay.order > known.order))
        last.set(stay.petition.caseId, stay);
    }
    return [...last.values()];
  }

  private replies(...kinds: Finding['kind'][]): number {
    return this.told.replies.filter(
      ({ fromUnitId, on, kind }) => this.inRow(fromUnitId) && this.inPeriod(on) && (kinds.length === 0 || kinds.includes(kind)),
    ).length;
  }

  private signed({ petition }: Stay): 'many' | 'one' | 'none' {
    return petition.anonymous ? 'none' : petition.signatories > 1 ? 'many' : 'one';
  }

  reception(): number[] {
    const visits = this.told.visits.filter((visit) => this.inRow(visit.unitId) && this.inPeriod(visit.on) && !visit.refused);
    const kindOf = ({ heldBy }: { heldBy: string | null }) =>
      heldBy === 'head' ? 'head' : heldBy === 'delegate' ? 'delegated' : 'regular';
    const caseOf = ({ petitionId, matterId }: ToldVisit) => (petitionId ? this.byId.get(petitionId)!.caseId : matterId);
    const firstsOf = (list: ToldVisit[]) =>
      list.filter((visit) => !list.some((other) => caseOf(other) === caseOf(visit) && other.order < visit.order));
    const repeated = (visit: ToldVisit) =>
      this.told.visits.some((earlier) => {
        if (earlier.order >= visit.order || !this.sameOffice(earlier.unitId, visit.unitId)) return false;
        if (visit.petitionId) return earlier.petitionId !== null && caseOf(earlier) === caseOf(visit);
        return earlier.matterId === visit.matterId;
      });
    const firsts = firstsOf(visits);
    const firstGroups = firsts.filter((first) => visits.some((visit) => visit.largeGroup && caseOf(visit) === caseOf(first)));
    const persons = (list: ToldVisit[]) => list.reduce((total, visit) => total + visit.persons, 0);
    const sessions = (held: string) =>
      this.told.sessions.filter(
        (session) =>
          this.inRow(session.unitId) && this.inPeriod(session.on) && session.heldBy === held && ['open', 'closed'].includes(session.state),
      ).length;
    const of = (kind: string): number[] => {
      const mine = visits.filter((visit) => kindOf(visit) === kind);
      const groups = mine.filter(({ largeGroup }) => largeGroup);
      const cases = (list: ToldVisit[], again: boolean) =>
        list.filter((visit) => kindOf(visit) === kind && repeated(visit) === again).length;
      return [
        mine.length,
        persons(mine),
        cases(firsts, false),
        cases(firsts, true),
        groups.length,
        persons(groups),
        cases(firstGroups, false),
        cases(firstGroups, true),
      ];
    };
    return [
      visits.length,
      persons(visits),
      firsts.length,
      ...of('regular'),
      sessions('head'),
      ...of('head'),
      sessions('delegate'),
      ...of('delegated'),
    ];
  }

  /** A unit, or one that went into it as a whole. */
  private sameOffice(earlier: string, unitId: string): boolean {
    return (
      earlier === unitId ||
      this.told.successions.some(({ predecessorId, successorId }) => predecessorId === earlier && successorId === unitId)
    );
  }

  receivedAtReception(): number[] {
    const came = this.stays.filter(
      (stay) =>
        stay.petition.parentId === null && stay.via === 'filed' && stay.petition.channel === 'in_person' && this.inPeriod(stay.arrived),
    );
    const first = came.filter(
      (stay) =>
        !came.some(
          (other) =>
            other.petition.caseId === stay.petition.caseId &&
            (other.arrived < stay.arrived || (other.arrived === stay.arrived && other.order < stay.order)),
        ),
    );
    const both = (wanted: (stay: Stay) => boolean) => [came.filter(wanted).length, first.filter(wanted).length];
    const outside = (way: string) => first.filter((stay) => this.passed(stay) === way).length;
    return [
      ...both(() => true),
      ...both(({ finding }) => finding.kind === 'complaint'),
      ...both(({ finding }) => finding.kind === 'denunciation'),
      ...both(({ finding }) => finding.kind === 'recommendation' || finding.kind === 'reflection'),
      ...both(({ finding }) => finding.within),
      ...both(({ finding }) => !finding.within),
      outside('guided'),
      outside('transferred'),
      outside('urged'),
      this.told.replies.filter(
        ({ fromUnitId, on, petitionId }) =>
          this.inRow(fromUnitId) && this.inPeriod(on) && this.byId.get(petitionId)!.channel === 'in_person',
      ).length,
    ];
  }

  allPetitions2024(): number[] {
    const all = this.wholes();
    return [
      all.length,
      all.filter(this.carried).length,
      all.filter(this.received).length,
      all.filter(this.done).length,
      all.length - all.filter(this.done).length,
      ...this.eligiblePetitions((matter) => [matter('first'), matter('many') + matter('court'), matter('in_hand') + matter('not_begun')]),
    ];
  }

  allPetitions2021(): number[] {
    const all = this.wholes();
    return [
      all.length,
      ...this.bySignatories(all.filter(this.carried)),
      ...this.bySignatories(all.filter(this.received)),
      all.filter(this.done).length,
      ...this.eligiblePetitions((matter) => [matter('first'), matter('many') + matter('court'), matter('in_hand'), matter('not_begun')]),
    ];
  }

  private eligiblePetitions(states: (matter: (state: string) => number) => number[]): number[] {
    const eligible = this.wholes().filter(this.eligible);
    const kinds = (list: Stay[]) => [
      list.filter(({ finding }) => finding.kind === 'complaint').length,
      list.filter(({ finding }) => finding.kind === 'denunciation').length,
      list.filter(({ finding }) => !['complaint', 'denunciation'].includes(finding.kind)).length,
    ];
    const within = eligible.filter(({ finding }) => finding.within);
    const outside = eligible.filter(({ finding }) => !finding.within);
    const way = (wanted: string) => outside.filter((stay) => this.passed(stay) === wanted).length;
    return [
      eligible.length,
      this.lastOfCases(eligible).length,
      ...kinds(eligible),
      ...states((state) => eligible.filter(({ matter }) => matter === state).length),
      within.length,
      ...kinds(within),
      outside.length,
      way('guided'),
      way('transferred'),
      way('urged'),
      this.replies(),
    ];
  }

  private bySignatories(list: Stay[]): number[] {
    return ['many', 'one', 'none'].map((who) => list.filter((stay) => this.signed(stay) === who).length);
  }

  private processedByArrival(list: Stay[]): number[] {
    const processed = list.filter(this.done);
    return [processed.length, processed.filter(this.carried).length, processed.filter(this.received).length];
  }

  private outside(cases: Stay[], ways: string[]): number[] {
    const outside = cases.filter(({ finding }) => !finding.within);
    return [outside.length, ...ways.map((way) => outside.filter((stay) => this.passed(stay) === way).length)];
  }

  private complaintFields(cases: Stay[]): number[] {
    const policy = cases.filter(({ finding }) => finding.field === 'policy').length;
    const land = cases.filter(({ finding }) => finding.field === 'land_housing').length;
    const other = cases.filter(({ finding }) => finding.field === 'officials_duty' || finding.field === 'other_administrative').length;
    const judicial = cases.filter(({ finding }) => finding.field === 'judicial').length;
    const party = cases.filter(({ finding }) => finding.field === 'party').length;
    const administrative = policy + land + other;
    return [administrative, policy, land, other, judicial, party, cases.length - administrative - judicial - party];
  }

  private byStage(cases: Stay[], stage: string): number[] {
    const within = cases.filter(({ finding }) => finding.within);
    const later = within.filter(({ finding }) => finding.stage === stage).length;
    return stage === 'second'
      ? [within.length, within.filter(({ finding }) => finding.stage === 'first' || finding.stage === null).length, later]
      : [within.length, within.length - later, later];
  }

  complaints2024(): number[] {
    const all = this.matters('complaint');
    const eligible = all.filter(this.eligible);
    const cases = this.lastOfCases(eligible);
    const state = (...states: string[]) => cases.filter(({ matter }) => states.includes(matter!)).length;
    return [
      all.length,
      all.filter(this.carried).length,
      all.filter(this.received).length,
      ...this.processedByArrival(all),
      eligible.length,
      cases.length,
      ...this.complaintFields(cases),
      state('first'),
      state('many'),
      state('court'),
      state('in_hand', 'not_begun'),
      ...this.byStage(cases, 'second'),
      ...this.outside(cases, ['guided', 'urged']),
      this.replies('complaint'),
    ];
  }

  complaints2021(): number[] {
    const all = this.matters('complaint');
    const eligible = all.filter(this.eligible);
    const cases = this.lastOfCases(eligible);
    const state = (wanted: string) => cases.filter(({ matter }) => matter === wanted).length;
    const manyOrOne = (list: Stay[]) => {
      const many = list.filter((stay) => this.signed(stay) === 'many').length;
      return [many, list.length - many];
    };
    return [
      all.length,
      ...manyOrOne(all.filter(this.carried)),
      ...manyOrOne(all.filter(this.received)),
      ...this.processedByArrival(all),
      eligible.length,
      cases.length,
      ...this.complaintFields(cases),
      ...['first', 'many', 'court', 'in_hand', 'not_begun'].map(state),
      ...this.byStage(cases, 'second'),
      ...this.outside(cases, ['guided', 'transferred', 'urged']),
      this.replies('complaint'),
    ];
  }

  private denunciationFields(cases: Stay[]): number[] {
    const of = (field: string) => cases.filter(({ finding }) => finding.field === field).length;
    const administrative = [of('policy'), of('land_housing'), of('officials_duty'), of('other_administrative')];
    const sum = administrative.reduce((total, one) => total + one, 0);
    return [
      sum,
      ...administrative,
      of('corruption'),
      of('judicial'),
      of('party'),
      cases.length - sum - of('corruption') - of('judicial') - of('party'),
    ];
  }

  private continuing(cases: Stay[]): number[] {
    const again = cases.filter(({ finding }) => finding.stage === 'continuing');
    const concluded = again.filter(({ matter }) => ['first', 'many', 'court'].includes(matter!)).length;
    return [again.length - concluded, concluded];
  }

  denunciations2024(): number[] {
    const all = this.matters('denunciation');
    const eligible = all.filter(this.eligible);
    const cases = this.lastOfCases(eligible);
    return [
      all.length,
      all.filter(this.carried).length,
      all.filter(this.received).length,
      ...this.processedByArrival(all),
      eligible.length,
      cases.length,
      ...this.denunciationFields(cases),
      ...this.continuing(cases),
      cases.filter(({ finding }) => finding.stage !== 'continuing').length,
      ...this.byStage(cases, 'continuing'),
      ...this.outside(cases, ['transferred', 'urged']),
      this.replies('denunciation'),
    ];
  }

  denunciations2021(): number[] {
    const all = this.matters('denunciation');
    const eligible = all.filter(this.eligible);
    const cases = this.lastOfCases(eligible);
    const first = cases.filter(({ finding }) => finding.stage !== 'continuing');
    const inHand = first.filter(({ matter }) => matter === 'in_hand').length;
    return [
      all.length,
      ...this.bySignatories(all.filter(this.carried)),
      ...this.bySignatories(all.filter(this.received)),
      ...this.processedByArrival(all),
      eligible.length,
      cases.length,
      ...this.denunciationFields(cases),
      first.length - inHand,
      inHand,
      ...this.continuing(cases),
      ...this.byStage(cases, 'continuing'),
      ...this.outside(cases, ['guided', 'transferred', 'urged']),
      this.replies('denunciation'),
    ];
  }

  private otherFields(cases: Stay[]): number[] {
    const of = (field: string) => cases.filter(({ finding }) => finding.field === field).length;
    return [of('policy'), of('land_housing'), of('judicial'), cases.length - of('policy') - of('land_housing') - of('judicial')];
  }

  others2024(): number[] {
    const all = this.matters('recommendation', 'reflection');
    const eligible = all.filter(this.eligible);
    const cases = this.lastOfCases(eligible);
    const within = cases.filter(({ finding }) => finding.within);
    const resolved = within.filter(({ ended, result }) => ended !== null && ended <= this.to && result !== 'not_resolved').length;
    const before = cases.filter(({ matter }) => ['first', 'many', 'court'].includes(matter!)).length;
    return [
      all.length,
      all.filter(this.carried).length,
      all.filter(this.received).length,
      ...this.processedByArrival(all),
      eligible.length,
      cases.length,
      ...this.otherFields(cases),
      before,
      cases.length - before,
      within.length,
      ...this.outside(cases, ['transferred', 'urged']),
      resolved,
      within.length - resolved,
    ];
  }

  others2021(): number[] {
    const all = this.matters('recommendation', 'reflection');
    const eligible = all.filter(this.eligible);
    const cases = this.lastOfCases(eligible);
    const state = (...states: string[]) => cases.filter(({ matter }) => states.includes(matter!)).length;
    return [
      all.length,
      ...this.bySignatories(all.filter(this.carried)),
      ...this.bySignatories(all.filter(this.received)),
      ...this.processedByArrival(all),
      eligible.length,
      cases.length,
      ...this.otherFields(cases),
      state('first', 'many', 'court'),
      state('in_hand'),
      state('not_begun'),
      cases.filter(({ finding }) => finding.within).length,
      ...this.outside(cases, ['transferred', 'urged']),
      this.replies('recommendation', 'reflection'),
    ];
  }

  private accepted(kind: Finding['kind']): Stay[] {
    return this.stays.filter(
      ({ split, outcome, processed, ended, finding }) =>
        !split &&
        (outcome === 'accepted' || outcome === 'answered') &&
        finding.kind === kind &&
        processed! <= this.to &&
        (ended === null || ended >= this.from),
    );
  }

  private readonly isEnded = ({ ended }: Stay) => ended !== null && ended <= this.to;

  /** One for each case: the one that ended last, else the one that was accepted last. */
  private endedOfCases(stays: Stay[]): Stay[] {
    const rank = (stay: Stay) =>
      [this.isEnded(stay) ? `1${stay.ended}` : '0', stay.processed!, String(stay.order).padStart(12, '0')].join(' ');
    const last = new Map<string, Stay>();
    for (const stay of stays) {
      const known = last.get(stay.petition.caseId);
      if (!known || rank(stay) > rank(known)) last.set(stay.petition.caseId, stay);
    }
    return [...last.values()];
  }

  private acceptedFigures(accepted: Stay[]): number[] {
    const carried = accepted.filter(({ processed }) => processed! < this.from).length;
    return [accepted.length, carried, accepted.length - carried];
  }

  /** What decisions of the period oblige to: recover, give back, restored, sanction, investigators. */
  private imposed(kind: Finding['kind']): number[] {
    const of = this.imposedOf(kind);
    return [
      ...[of('recover_for_state', 'money') / 1e6, of('recover_for_state', 'land')],
      ...[of('restore_organisation', 'money') / 1e6, of('restore_organisation', 'land')],
      ...[of('restore_person', 'money') / 1e6, of('restore_person', 'land')],
      ...[of('restore_organisation', 'organisations'), of('restore_person', 'persons')],
      ...[of('sanction', 'persons'), of('sanction', 'officials')],
      ...[of('investigation', 'cases'), of('investigation', 'persons'), of('investigation', 'officials')],
    ];
  }

  private imposedOf(kind: Finding['kind']): Amount {
    const decided = this.accepted(kind).filter(({ ended, endedBy }) => endedBy === 'decision' && this.inPeriod(ended));
    return (type, name) =>
      decided.reduce(
        (total, { petition }) => total + petition.obligations.filter((one) => one.type === type).reduce((sum, one) => sum + one[name], 0),
        0,
      );
  }

  private timely(ended: Stay[]): number[] {
    const known = ended.filter(({ dueOn }) => dueOn !== null);
    const late = known.filter((stay) => stay.ended! > stay.dueOn!).length;
    return [known.length - late, late];
  }

  complaintsResolved(): number[] {
    const accepted = this.accepted('complaint');
    const cases = this.endedOfCases(accepted);
    const ended = cases.filter(this.isEnded);
    const decided = ended.filter(({ endedBy }) => endedBy === 'decision');
    const withdrawn = ended.filter(({ endedBy }) => endedBy === 'withdrawal');
    const result = (wanted: string) => decided.filter((stay) => stay.result === wanted).length;
    return [
      ...this.acceptedFigures(accepted),
      cases.length,
      decided.length,
      withdrawn.length,
      ...this.imposed('complaint'),
      ...['right', 'wrong', 'partly_right', 'confirmed', 'changed_or_annulled'].map(result),
      ...this.timely([...decided, ...withdrawn]),
    ];
  }

  denunciationsResolved(): number[] {
    const accepted = this.accepted('denunciation');
    const cases = this.endedOfCases(accepted);
    const again = ({ finding }: Stay) => finding.stage === 'continuing';
    const ended = cases.filter(this.isEnded);
    const by = (how: string) => ended.filter(({ endedBy }) => endedBy === how);
    const result = (wanted: string) => {
      const found = ended.filter((stay) => stay.result === wanted);
      return [found.length, found.filter(again).length];
    };
    return [
      ...this.acceptedFigures(accepted),
      cases.length,
      cases.filter(again).length,
      ended.length,
      by('decision').filter((stay) => !again(stay)).length,
      by('decision').filter(again).length,
      by('withdrawal').length,
      by('termination').length,
      ...this.imposed('denunciation'),
      ...['right', 'wrong', 'partly_right'].flatMap(result),
      ...this.timely(ended),
    ];
  }

  /** Decisions in force that were not carried out before the period. */
  private toBeCarriedOut(kind: Finding['kind']): Stay[] {
    return this.stays.filter(({ petition, split, endedBy, ended, finding }) => {
      if (split || endedBy !== 'decision' || finding.kind !== kind || petition.obligations.length === 0) return false;
      const performed = petition.obligations.flatMap(({ performances }) => performances.map(({ on }) => on));
      const since = kind === 'complaint' ? [...performed, ...(petition.inForceOn ? [petition.inForceOn] : [])].sort()[0] : ended!;
      const before = petition.obligations.every(({ fulfilledOn }) => fulfilledOn !== null && fulfilledOn < this.from);
      return since !== undefined && since <= this.to && !before;
    });
  }

  private enforcement(kind: Finding['kind']): { decisions: number[]; due: Amount; done: Amount } {
    const decisions = this.toBeCarriedOut(kind);
    const carriedOut = decisions.filter(({ petition }) =>
      petition.obligations.every(({ fulfilledOn }) => fulfilledOn !== null && fulfilledOn <= this.to),
    );
    const due: Amount = (type, name) =>
      decisions
        .flatMap(({ petition }) => petition.obligations)
        .filter((one) => one.type === type && (one.fulfilledOn === null || one.fulfilledOn >= this.from))
        .reduce(
          (total, one) =>
            total + Math.max(0, one[name] - one.performances.filter(({ on }) => on < this.from).reduce((sum, done) => sum + done[name], 0)),
          0,
        );
    const done: Amount = (type, name) =>
      this.stays
        .filter(({ split, endedBy, finding }) => !split && endedBy === 'decision' && finding.kind === kind)
        .flatMap(({ petition }) => petition.obligations)
        .filter((one) => one.type === type)
        .flatMap(({ performances }) => performances)
        .filter(({ on }) => this.inPeriod(on))
        .reduce((total, one) => total + one[name], 0);
    return { decisions: [decisions.length, carriedOut.length], due, done };
  }

  complaintsEnforced(): number[] {
    const { decisions, due, done } = this.enforcement('complaint');
    const amounts = (of: Amount, type: string) => [of(type, 'money') / 1e6, of(type, 'land')];
    return [
      ...decisions,
      ...amounts(due, 'recover_for_state'),
      ...amounts(done, 'recover_for_state'),
      ...amounts(due, 'restore_organisation'),
      ...amounts(due, 'restore_person'),
      ...amounts(done, 'restore_organisation'),
      ...amounts(done, 'restore_person'),
      ...[done('sanction', 'persons'), done('sanction', 'officials')],
      ...[done('investigation', 'cases'), done('investigation', 'persons'), done('investigation', 'officials')],
    ];
  }

  denunciationsEnforced(): number[] {
    const { decisions, due, done } = this.enforcement('denunciation');
    const amounts = (of: Amount, type: string) => [of(type, 'money') / 1e6, of(type, 'land')];
    const back = (of: Amount) => [
      of('restore_organisation', 'organisations'),
      of('restore_person', 'persons'),
      ...amounts(of, 'restore_organisation'),
      ...amounts(of, 'restore_person'),
    ];
    return [
      ...decisions,
      ...amounts(due, 'recover_for_state'),
      ...amounts(done, 'recover_for_state'),
      ...back(due),
      ...back(done),
      ...[done('sanction', 'organisations'), done('sanction', 'persons'), done('sanction', 'officials')],
      ...[done('investigation', 'cases'), done('investigation', 'persons'), done('investigation', 'officials')],
    ];
  }

  // Circular 06/2025/TT-TTCP, from the words of its annex.

  reception2025(): number[] {
    const visits = this.told.visits.filter((visit) => this.inRow(visit.unitId) && this.inPeriod(visit.on) && !visit.refused);
    const kindOf = ({ heldBy }: { heldBy: string | null }) => (heldBy === 'head' ? 'head' : heldBy === 'delegate' ? 'delegate' : 'regular');
    const caseOf = ({ petitionId, matterId }: ToldVisit) => (petitionId ? this.byId.get(petitionId)!.caseId : matterId);
    const cases = [...new Set(visits.map(caseOf))].map((one) => visits.filter((visit) => caseOf(visit) === one).map(kindOf));
    const placeOf = (kinds: string[]) => (kinds.includes('head') ? 'head' : kinds.includes('delegate') ? 'delegate' : 'regular');
    const atHead = new Set(visits.filter((visit) => kindOf(visit) !== 'regular').map(caseOf));
    const of = (kind: string) => {
      const mine = visits.filter((visit) => kindOf(visit) === kind && (kind !== 'regular' || !atHead.has(caseOf(visit))));
      const groups = mine.filter(({ largeGroup }) => largeGroup);
      const persons = (list: ToldVisit[]) => list.reduce((total, visit) => total + visit.persons, 0);
      return [mine.length, persons(mine), cases.filter((kinds) => placeOf(kinds) === kind).length, groups.length, persons(groups)];
    };
    const days = (held: string) =>
      new Set(
        this.told.sessions
          .filter(
            ({ unitId, on, heldBy, state }) =>
              this.inRow(unitId) && this.inPeriod(on) && heldBy === held && ['open', 'closed'].includes(state),
          )
          .filter(({ on, publishedOn }) => publishedOn !== null && publishedOn <= on)
          .map(({ unitId, on }) => `${unitId} ${on}`),
      ).size;
    const [regular, head, delegate] = [of('regular'), of('head'), of('delegate')];
    const sum = (index: number) => regular[index]! + head[index]! + delegate[index]!;
    return [sum(0), sum(1), sum(2), sum(3), ...regular, days('head'), ...head, days('delegate'), ...delegate];
  }

  /** Within competence and classified by the end of the period, and neither accepted nor refused by then. */
  private readonly considered = (stay: Stay) =>
    stay.finding.within && stay.classified !== null && stay.classified <= this.to && !this.done(stay);
  private readonly qualified = (stay: Stay) => this.eligible(stay) || this.considered(stay);

  processing2025(): number[] {
    const all = this.matters();
    const qualified = all.filter(this.qualified);
    const within = qualified.filter(({ finding }) => finding.within);
    const outside = qualified.filter(({ finding }) => !finding.within);
    const fields = (list: Stay[], ...groups: string[][]) => {
      const counted = groups.map((codes) => list.filter(({ finding }) => codes.includes(finding.field ?? '')).length);
      return [...counted, list.length - counted.reduce((sum, one) => sum + one, 0)];
    };
    const of = (...kinds: Finding['kind'][]) => within.filter(({ finding }) => kinds.includes(finding.kind));
    const [complaints, denunciations, others] = [of('complaint'), of('denunciation'), of('recommendation', 'reflection')];
    const stage = (list: Stay[], ...stages: Finding['stage'][]) => list.filter(({ finding }) => stages.includes(finding.stage)).length;
    const outcome = (...outcomes: string[]) => outside.filter((stay) => this.done(stay) && outcomes.includes(stay.outcome!)).length;
    const administrative = ['policy', 'land_housing', 'officials_duty', 'other_administrative'];
    return [
      all.length,
      all.filter((stay) => this.done(stay) || this.considered(stay)).length,
      qualified.length,
      within.length,
      [...this.casesWithin(complaints), ...this.casesWithin(denunciations), ...this.casesWithin(others)].length,
      complaints.length,
      ...[stage(complaints, 'first', null), stage(complaints, 'second')],
      ...fields(complaints, ['land_housing'], ['policy']),
      denunciations.length,
      ...[denunciations.length - stage(denunciations, 'continuing'), stage(denunciations, 'continuing')],
      ...fields(denunciations, administrative, ['corruption'], ['judicial']),
      others.length,
      ...fields(others, ['policy'], ['land_housing']),
      outside.length,
      outcome('guided'),
      outcome('transferred', 'referred'),
    ];
  }

  /** One petition for each case: the last one that was processed, else the last one that is considered. */
  private casesWithin(stays: Stay[]): Stay[] {
    const rank = (stay: Stay) => `${this.done(stay) ? `1${stay.processed}` : '0'} ${String(stay.order).padStart(12, '0')}`;
    const last = new Map<string, Stay>();
    for (const stay of stays) {
      const known = last.get(stay.petition.caseId);
      if (!known || rank(stay) > rank(known)) last.set(stay.petition.caseId, stay);
    }
    return [...last.values()];
  }

  private acceptance(kind: Finding['kind']): number[] {
    const petitions = this.matters(kind).filter((stay) => this.qualified(stay) && stay.finding.within);
    const cases = this.casesWithin(petitions);
    const ended = cases.filter((stay) => this.isEnded(stay) && (stay.endedBy === 'withdrawal' || stay.endedBy === 'termination'));
    const others = cases.filter((stay) => !ended.includes(stay));
    const done = (...outcomes: string[]) => others.filter((stay) => this.done(stay) && outcomes.includes(stay.outcome!)).length;
    return [
      petitions.length,
      cases.length,
      others.filter((stay) => !this.done(stay)).length,
      done('accepted', 'answered'),
      done('refused'),
      ended.length,
    ];
  }

  /** Decisions or conclusions of the period, one for what was decided in one case on one day with one result. */
  private issued(kind: Finding['kind']): Stay[] {
    const decided = this.accepted(kind).filter((stay) => this.isEnded(stay) && stay.endedBy === 'decision');
    return this.decisionsAmong(decided).map(([first]) => first!);
  }

  private decisionsAmong(stays: Stay[]): Stay[][] {
    const together = new Map<string, Stay[]>();
    for (const stay of [...stays].sort((one, other) => one.order - other.order)) {
      const key = `${stay.petition.caseId} ${stay.ended} ${stay.result}`;
      together.set(key, [...(together.get(key) ?? []), stay]);
    }
    return [...together.values()];
  }

  complaints2025(): number[] {
    const issued = this.issued('complaint');
    const of = this.imposedOf('complaint');
    return [
      ...this.acceptance('complaint'),
      issued.length,
      ...['right', 'wrong', 'partly_right', 'confirmed', 'changed_or_annulled'].map(
        (one) => issued.filter(({ result }) => result === one).length,
      ),
      ...this.proposed(of),
      ...[of('sanction', 'persons'), of('sanction', 'officials')],
      ...[of('investigation', 'cases'), of('investigation', 'persons'), of('investigation', 'officials')],
    ];
  }

  denunciations2025(): number[] {
    const issued = this.issued('denunciation');
    const of = this.imposedOf('denunciation');
    const results = (again: boolean) =>
      ['right', 'wrong', 'partly_right'].map(
        (one) => issued.filter(({ result, finding }) => result === one && (finding.stage === 'continuing') === again).length,
      );
    return [
      ...this.acceptance('denunciation'),
      issued.length,
      ...results(false),
      ...results(true),
      ...this.proposed(of),
      ...[of('sanction', 'organisations'), of('sanction', 'persons'), of('sanction', 'officials')],
      ...[of('investigation', 'cases'), of('investigation', 'persons'), of('investigation', 'officials')],
    ];
  }

  private proposed(of: Amount): number[] {
    return [
      ...this.moneyAndLand(of, 'recover_for_state'),
      ...this.moneyAndLand(of, 'restore_organisation', 'restore_person'),
      ...[of('restore_organisation', 'organisations'), of('restore_person', 'persons')],
    ];
  }

  private moneyAndLand(of: Amount, ...types: string[]): number[] {
    const sum = (name: 'money' | 'land') => types.reduce((total, type) => total + of(type, name), 0);
    return [sum('money') / 1e6, sum('land')];
  }

  enforcement2025(): number[] {
    const half = (kind: 'complaint' | 'denunciation') => {
      const openBefore = ({ obligations }: ToldPetition) =>
        obligations.some(({ fulfilledOn }) => fulfilledOn === null || fulfilledOn >= this.from);
      const decided = this.stays.filter(({ split, endedBy, finding }) => !split && endedBy === 'decision' && finding.kind === kind);
      const toDo = decided.filter(({ petition, ended }) => this.inPeriod(ended) || (ended! < this.from && openBefore(petition)));
      const decisions = this.decisionsAmong(toDo);
      const isDone = ({ petition }: Stay) =>
        petition.obligations.every(({ fulfilledOn }) => fulfilledOn !== null && fulfilledOn <= this.to);
      const owed: Amount = (type, name) =>
        toDo
          .flatMap(({ petition }) => petition.obligations)
          .filter((one) => one.type === type && (one.fulfilledOn === null || one.fulfilledOn >= this.from))
          .reduce(
            (total, one) =>
              total +
              Math.max(0, one[name] - one.performances.filter(({ on }) => on < this.from).reduce((sum, done) => sum + done[name], 0)),
            0,
          );
      const { done } = this.enforcement(kind);
      return [
        ...[decisions.length, decisions.filter((together) => together.every(isDone)).length],
        ...[...this.moneyAndLand(owed, 'recover_for_state'), ...this.moneyAndLand(done, 'recover_for_state')],
        ...this.moneyAndLand(owed, 'restore_organisation', 'restore_person'),
        ...this.moneyAndLand(done, 'restore_organisation', 'restore_person'),
        ...(kind === 'denunciation' ? [done('sanction', 'organisations')] : []),
        ...[done('sanction', 'persons'), done('sanction', 'officials')],
        ...[done('investigation', 'cases'), done('investigation', 'persons'), done('investigation', 'officials')],
      ];
    };
    return [...half('complaint'), ...half('denunciation')];
  }

  /** What units declare themselves is not counted: nothing. */
  management2025(): number[] {
    const changed = this.told.regulations.filter(({ unitId, on }) => this.inRow(unitId) && this.inPeriod(on));
    const documents = (...actions: string[]) => changed.filter(({ action }) => actions.includes(action)).length;
    const inspections = this.told.inspections.filter(
      ({ unitId, state, startedOn }) => this.inRow(unitId) && ['started', 'concluded'].includes(state) && startedOn! <= this.to,
    );
    const running = inspections.filter(({ concludedOn }) => concludedOn === null || concludedOn >= this.from);
    const concluded = inspections.filter(({ concludedOn }) => this.inPeriod(concludedOn));
    const owed = inspections.filter(
      ({ concludedOn, findings }) =>
        concludedOn !== null &&
        concludedOn <= this.to &&
        (concludedOn >= this.from ||
          findings.some(({ withdrawn, acceptedOn }) => !withdrawn && (acceptedOn === null || acceptedOn >= this.from))),
    );
    const decisions = (list: { decision: string }[]) => new Set(list.map(({ decision }) => decision)).size;
    return [
      ...[documents('issued', 'replaced'), documents('amended', 'supplemented'), documents('repealed')],
      ...[0, 0],
      ...[decisions(running), running.length, decisions(concluded)],
      ...[0, 0, 0, 0],
      decisions(owed),
      ...[0, 0, 0, 0],
    ];
  }
}

type Amount = (type: string, name: keyof Amounts) => number;
