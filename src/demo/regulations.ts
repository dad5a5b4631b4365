import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import { CampaignsService } from '../regulations/campaigns.service.js';
import { InstrumentsService } from '../regulations/instruments.service.js';
import type { VersionFacts } from '../regulations/regulation.js';
import { RegulationsService } from '../regulations/regulations.service.js';
import { type LegalDate, plusDays } from '../platform/text/legal-date.js';
import { type RegulationType, regulationTypes } from '../rules/regulations/required-regulations.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

/** A regulation of a unit of the demo: what it rests on by number, and whether it was amended after the law of 2026. */
interface DemoRegulation {
  unit: string;
  signer: string;
  type: RegulationType;
  number: string;
  issuedOn: LegalDate;
  basis: string[];
  amended?: { number: string; issuedOn: LegalDate };
}

const lawOfReception = '42/2013/QH13';
const lawOf2026 = '136/2025/QH15';

const regulations: DemoRegulation[] = [
  city('house_rules', '3012/QĐ-UBND', '2018-06-18', [lawOfReception], { number: '3920/QĐ-UBND', issuedOn: '2026-07-20' }),
  city('reception_regulation', '3013/QĐ-UBND', '2018-06-18', [lawOfReception, '64/2014/NĐ-CP'], {
    number: '3921/QĐ-UBND',
    issuedOn: '2026-07-20',
  }),
  city('safety_coordination', '3380/QĐ-UBND', '2018-07-09', ['07/CT-UBND']),
  city('agency_coordination', '3381/QĐ-UBND', '2018-07-09', ['07/CT-UBND', '06/2014/TT-TTCP']),
  { ...commune('baDinh', 'phường Ba Đình'), type: 'house_rules', number: '14/QĐ-UBND', issuedOn: '2025-07-10', basis: [lawOfReception] },
  {
    ...commune('baDinh', 'phường Ba Đình'),
    type: 'reception_regulation',
    number: '15/QĐ-UBND',
    issuedOn: '2025-07-10',
    basis: [lawOfReception, '04/2021/TT-TTCP'],
    amended: { number: '87/QĐ-UBND', issuedOn: '2026-08-05' },
  },
  { ...commune('hoanKiem', 'phường Hoàn Kiếm'), type: 'house_rules', number: '9/QĐ-UBND', issuedOn: '2025-07-21', basis: [lawOfReception] },
];

function city(
  type: RegulationType,
  number: string,
  issuedOn: LegalDate,
  basis: string[],
  amended?: DemoRegulation['amended'],
): DemoRegulation {
  return { unit: 'city', signer: 'Chủ tịch UBND Thành phố', type, number, issuedOn, basis, ...(amended && { amended }) };
}

function commune(unit: string, name: string): Pick<DemoRegulation, 'unit' | 'signer'> {
  return { unit, signer: `Chủ tịch UBND ${name}` };
}

/**
 * Regulations of the city and of two communes: amended after the law of 2026, outdated by it, and missing elsewhere; and the campaign of the
 * city that asks the communes to review theirs.
 */
export async function storeDemoRegulations(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  for (const regulation of regulations) await storeRegulation(app, cast, regulation);
  const campaigns = app.get(CampaignsService);
  const cityLeader = officialOf(cast, 'city', 'leader');
  const { id } = await campaigns.start(
    {
      title: 'Rà soát nội quy, quy chế tiếp công dân theo Luật số 136/2025/QH15',
      number: '215/KH-UBND',
      startsOn: plusDays(today(), -60),
      dueOn: plusDays(today(), 30),
      types: ['house_rules', 'reception_regulation'],
      levels: ['commune'],
      unitIds: [],
      onlyProposed: false,
    },
    cityLeader,
  );
  const baDinh = officialOf(cast, 'baDinh', 'leader');
  const { items } = await campaigns.items(id, {}, baDinh);
  for (const item of items) {
    const kept = item.type === 'reception_regulation';
    await campaigns.answer(
      item.id,
      {
        outcome: kept ? 'keep' : 'amend',
        reason: kept ? 'Đã sửa đổi theo luật mới' : 'Chưa có nội dung tiếp công dân trực tuyến',
        reviewedOn: plusDays(today(), -20),
        doBy: kept ? null : plusDays(today(), 25),
      },
      baDinh,
    );
  }
}

async function storeRegulation(app: INestApplicationContext, cast: DemoCast, regulation: DemoRegulation): Promise<void> {
  const { unit, signer, type, number, issuedOn, amended } = regulation;
  const register = app.get(RegulationsService);
  const clerk = officialOf(cast, unit, 'clerk');
  const version = async (facts: { number: string; issuedOn: LegalDate }, numbers: string[]): Promise<VersionFacts> => {
    const basis: VersionFacts['basis'] = [];
    for (const of of numbers) basis.push(await instrumentOf(app, of));
    return { ...facts, inForceFrom: plusDays(facts.issuedOn, 7), signerTitle: signer, signerName: null, gist: null, reviewBy: null, basis };
  };
  const { id } = await register.register(
    null,
    { type, title: regulationTypes[type].vi, ...(await version({ number, issuedOn }, regulation.basis)) },
    clerk,
  );
  if (amended) await register.addVersion(id, 'amended', await version(amended, [...regulation.basis, lawOf2026]), null, clerk);
}

async function instrumentOf(app: INestApplicationContext, number: string): Promise<VersionFacts['basis'][number]> {
  const { items } = await app.get(InstrumentsService).list({ number });
  return { instrumentId: items[0]!.id, regulationId: null, article: null };
}
