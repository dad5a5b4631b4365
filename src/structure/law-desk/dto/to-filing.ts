import type { Channel, Filing, Stage } from '../../../rules/evaluation/filing.js';
import type { CircumstancesDto } from './evaluation.dto.js';

/** The facts of a request as the rules take them; what was left out gets its ordinary value. */
export function toFiling(
  dto: CircumstancesDto,
  where: { filedOn: string; filedAtUnitId: string; stage: Stage | null; channel?: Channel | null; guidedBeforeOn?: string | null },
): Filing {
  return {
    kind: dto.kind,
    subject: dto.subject ?? 'administrative',
    respondent: dto.respondent ?? null,
    matterUnitId: dto.matterUnitId ?? null,
    priorHandling: dto.priorHandling ?? [],
    forwardedBy: dto.forwardedBy ?? null,
    alsoSentToUnitIds: dto.alsoSentToUnitIds ?? [],
    remoteArea: dto.remoteArea ?? false,
    complexity: dto.complexity ?? 'normal',
    multiplePlaces: dto.multiplePlaces ?? false,
    decisionKnownOn: dto.decisionKnownOn ?? null,
    obstacleDays: dto.obstacleDays ?? 0,
    ...where,
  };
}
