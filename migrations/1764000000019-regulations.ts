import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** The register of law that regulations rest on, the units' own regulations with their versions, and campaigns that review them. */
export class Regulations1764000000019 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Numbers are used again each year and by each issuer: a document is its number, its issuer and its day.
      create table legal_instrument (
        id uuid primary key default new_id(),
        number text not null,
        issuer text not null,
        type text not null,
        title text not null,
        issued_on date not null,
        in_force_from date not null,
        in_force_to date,
        note text,
        verified boolean not null default false,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint legal_instrument_once unique (number, issuer, issued_on),
        constraint legal_instrument_type check (type in ('law', 'resolution', 'decree', 'circular', 'directive', 'decision', 'other')),
        constraint legal_instrument_period check (in_force_to >= in_force_from)
      );

      create table legal_instrument_change (
        id uuid primary key default new_id(),
        instrument_id uuid not null references legal_instrument,
        kind text not null,
        effective_on date not null,
        by_instrument_id uuid references legal_instrument,
        note text,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint legal_instrument_change_kind check (kind in ('amended', 'replaced', 'repealed', 'expired')),
        constraint legal_instrument_change_once unique nulls not distinct (instrument_id, kind, effective_on, by_instrument_id),
        constraint legal_instrument_change_not_by_itself check (by_instrument_id <> instrument_id)
      );

      create table regulation (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        type text not null,
        title text not null,
        repealed_on date,
        repeal_number text,
        repeal_reason text,
        replaced_by_id uuid references regulation,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint regulation_type check (type in ('house_rules', 'reception_regulation', 'safety_coordination', 'agency_coordination', 'other')),
        constraint regulation_repeal check ((repealed_on is null) = (repeal_number is null))
      );
      create unique index regulation_one_of_a_type on regulation (unit_id, type) where type <> 'other' and repealed_on is null;
      create index regulation_unit on regulation (unit_id);

      create table regulation_version (
        id uuid primary key default new_id(),
        regulation_id uuid not null references regulation,
        sequence int not null,
        action text not null,
        number text not null,
        issued_on date not null,
        in_force_from date not null,
        in_force_to date,
        signer_title text not null,
        signer_name text,
        gist text,
        review_by date,
        file_id uuid references attachment,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint regulation_version_sequence unique (regulation_id, sequence),
        constraint regulation_version_action check (action in ('issued', 'amended', 'supplemented', 'replaced')),
        constraint regulation_version_period check (in_force_to >= in_force_from),
        constraint regulation_version_issued check (in_force_from >= issued_on),
        constraint regulation_version_overlap exclude using gist (regulation_id with =, daterange(in_force_from, in_force_to, '[]') with &&)
      );

      -- What a version rests on: a document of the state, or a regulation of another unit.
      create table regulation_basis (
        version_id uuid not null references regulation_version,
        position int not null,
        instrument_id uuid references legal_instrument,
        basis_regulation_id uuid references regulation,
        article text,
        primary key (version_id, position),
        constraint regulation_basis_one check ((instrument_id is null) <> (basis_regulation_id is null))
      );
      create index regulation_basis_instrument on regulation_basis (instrument_id) where instrument_id is not null;
      create index regulation_basis_regulation on regulation_basis (basis_regulation_id) where basis_regulation_id is not null;

      create table regulation_campaign (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        title text not null,
        number text,
        starts_on date not null,
        due_on date not null,
        types text[] not null,
        only_proposed boolean not null,
        state text not null default 'open',
        ended_on date,
        end_note text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint regulation_campaign_state check (state in ('open', 'closed', 'cancelled')),
        constraint regulation_campaign_period check (due_on >= starts_on)
      );
      create index regulation_campaign_unit on regulation_campaign (unit_id, starts_on desc);

      -- Who must review what: a regulation, or the lack of one.
      create table regulation_campaign_item (
        id uuid primary key default new_id(),
        campaign_id uuid not null references regulation_campaign,
        unit_id uuid not null references unit,
        type text not null,
        regulation_id uuid references regulation,
        constraint regulation_campaign_item_once unique nulls not distinct (campaign_id, unit_id, type, regulation_id)
      );
      create index regulation_campaign_item_unit on regulation_campaign_item (unit_id);
      create index regulation_campaign_item_regulation on regulation_campaign_item (regulation_id) where regulation_id is not null;

      create table regulation_review (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        type text not null,
        regulation_id uuid references regulation,
        item_id uuid references regulation_campaign_item,
        outcome text not null,
        reason text not null,
        reviewed_on date not null,
        do_by date,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint regulation_review_outcome check (outcome in ('keep', 'amend', 'supplement', 'replace', 'repeal', 'issue', 'not_needed')),
        constraint regulation_review_about check ((regulation_id is null) = (outcome in ('issue', 'not_needed'))),
        constraint regulation_review_do_by check ((do_by is null) = (outcome in ('keep', 'not_needed')) and do_by >= reviewed_on)
      );
      create index regulation_review_item on regulation_review (item_id, created_at desc) where item_id is not null;
      create index regulation_review_regulation on regulation_review (regulation_id, reviewed_on desc) where regulation_id is not null;

      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'regulation', 'other'));
    `);
    await seedInstruments(queryRunner);
    await auditChanges(queryRunner, {
      legal_instrument: {},
      legal_instrument_change: {},
      regulation: { digested: ['repeal_reason'] },
      regulation_version: { digested: ['signer_name'] },
      regulation_basis: { ids: ['version_id', 'position'] },
      regulation_campaign: {},
      regulation_campaign_item: {},
      regulation_review: { digested: ['reason'] },
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from regulation) then
          raise exception 'the register of regulations is not empty: a schema without it would lose them';
        end if;
      end $$;
      drop table regulation_review, regulation_campaign_item, regulation_campaign, regulation_basis, regulation_version, regulation,
        legal_instrument_change, legal_instrument;
      update attachment set purpose = 'other' where purpose = 'regulation';
      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'other'));
    `);
  }
}

const assembly = 'Quốc hội';
const government = 'Chính phủ';
const inspectorate = 'Thanh tra Chính phủ';

/** Number, issuer, kind, title, day of issue, first and last day in force, whether the days were read. */
type Instrument = [
  number: string,
  issuer: string,
  type: string,
  title: string,
  issued: string,
  from: string,
  to: string | null,
  verified: boolean,
];

/** law.md 0.1. An administrator corrects what is not verified. */
const instruments: Instrument[] = [
  ['02/2011/QH13', assembly, 'law', 'Luật Khiếu nại', '2011-11-11', '2012-07-01', null, false],
  ['03/2011/QH13', assembly, 'law', 'Luật Tố cáo', '2011-11-11', '2012-07-01', '2018-12-31', false],
  ['25/2018/QH14', assembly, 'law', 'Luật Tố cáo', '2018-06-12', '2019-01-01', null, false],
  ['42/2013/QH13', assembly, 'law', 'Luật Tiếp công dân', '2013-11-25', '2014-07-01', null, true],
  [
    '136/2025/QH15',
    assembly,
    'law',
    'Luật sửa đổi, bổ sung một số điều của Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo',
    '2025-12-10',
    '2026-07-01',
    null,
    true,
  ],
  ['72/2025/QH15', assembly, 'law', 'Luật Tổ chức chính quyền địa phương', '2025-06-16', '2025-07-01', null, false],
  ['11/2022/QH15', assembly, 'law', 'Luật Thanh tra', '2022-11-14', '2023-07-01', '2025-06-30', false],
  ['84/2025/QH15', assembly, 'law', 'Luật Thanh tra', '2025-06-25', '2025-07-01', null, true],
  [
    '75/2012/NĐ-CP',
    government,
    'decree',
    'Quy định chi tiết một số điều của Luật Khiếu nại',
    '2012-10-03',
    '2012-11-20',
    '2020-12-09',
    false,
  ],
  [
    '124/2020/NĐ-CP',
    government,
    'decree',
    'Quy định chi tiết một số điều và biện pháp thi hành Luật Khiếu nại',
    '2020-10-19',
    '2020-12-10',
    null,
    false,
  ],
  ['76/2012/NĐ-CP', government, 'decree', 'Quy định chi tiết một số điều của Luật Tố cáo', '2012-10-03', '2012-11-20', '2019-05-27', false],
  [
    '31/2019/NĐ-CP',
    government,
    'decree',
    'Quy định chi tiết một số điều và biện pháp tổ chức thi hành Luật Tố cáo',
    '2019-04-10',
    '2019-05-28',
    null,
    false,
  ],
  ['64/2014/NĐ-CP', government, 'decree', 'Quy định chi tiết một số điều của Luật Tiếp công dân', '2014-06-26', '2014-08-15', null, false],
  [
    '55/2022/NĐ-CP',
    government,
    'decree',
    'Cơ sở dữ liệu quốc gia về tiếp công dân, xử lý đơn, giải quyết khiếu nại, tố cáo',
    '2022-08-23',
    '2022-10-10',
    null,
    false,
  ],
  [
    '141/2025/NĐ-CP',
    government,
    'decree',
    'Phân định thẩm quyền của chính quyền địa phương 02 cấp trong lĩnh vực của Thanh tra Chính phủ',
    '2025-06-12',
    '2025-07-01',
    null,
    true,
  ],
  ['06/2014/TT-TTCP', inspectorate, 'circular', 'Quy trình tiếp công dân', '2014-10-31', '2014-12-15', '2021-11-14', false],
  ['04/2021/TT-TTCP', inspectorate, 'circular', 'Quy trình tiếp công dân', '2021-10-01', '2021-11-15', null, true],
  [
    '07/2014/TT-TTCP',
    inspectorate,
    'circular',
    'Quy trình xử lý đơn khiếu nại, đơn tố cáo, đơn kiến nghị, phản ánh',
    '2014-10-31',
    '2014-12-15',
    '2021-11-14',
    false,
  ],
  [
    '05/2021/TT-TTCP',
    inspectorate,
    'circular',
    'Quy trình xử lý đơn khiếu nại, đơn tố cáo, đơn kiến nghị, phản ánh',
    '2021-10-01',
    '2021-11-15',
    null,
    true,
  ],
  ['02/2021/TT-TTCP', inspectorate, 'circular', 'Chế độ báo cáo công tác thanh tra', '2021-03-22', '2021-05-10', '2024-03-04', false],
  ['01/2024/TT-TTCP', inspectorate, 'circular', 'Chế độ báo cáo công tác thanh tra', '2024-01-20', '2024-03-05', '2025-09-29', false],
  ['06/2025/TT-TTCP', inspectorate, 'circular', 'Chế độ báo cáo công tác thanh tra', '2025-09-29', '2025-09-30', null, true],
  [
    '07/CT-UBND',
    'Chủ tịch UBND Thành phố Hà Nội',
    'directive',
    'Chỉ thị về công tác tiếp công dân, giải quyết khiếu nại, tố cáo',
    '2018-04-24',
    '2018-04-24',
    null,
    false,
  ],
];

/** Number, what happened to it, when, by which one. */
const changes: [number: string, kind: string, on: string, by: string][] = [
  ['02/2011/QH13', 'amended', '2014-07-01', '42/2013/QH13'],
  ['03/2011/QH13', 'replaced', '2019-01-01', '25/2018/QH14'],
  ['76/2012/NĐ-CP', 'replaced', '2019-05-28', '31/2019/NĐ-CP'],
  ['75/2012/NĐ-CP', 'replaced', '2020-12-10', '124/2020/NĐ-CP'],
  ['06/2014/TT-TTCP', 'replaced', '2021-11-15', '04/2021/TT-TTCP'],
  ['07/2014/TT-TTCP', 'replaced', '2021-11-15', '05/2021/TT-TTCP'],
  ['02/2021/TT-TTCP', 'replaced', '2024-03-05', '01/2024/TT-TTCP'],
  ['11/2022/QH15', 'replaced', '2025-07-01', '84/2025/QH15'],
  ['02/2011/QH13', 'amended', '2025-07-01', '84/2025/QH15'],
  ['25/2018/QH14', 'amended', '2025-07-01', '84/2025/QH15'],
  ['01/2024/TT-TTCP', 'replaced', '2025-09-30', '06/2025/TT-TTCP'],
  ['42/2013/QH13', 'amended', '2026-07-01', '136/2025/QH15'],
  ['02/2011/QH13', 'amended', '2026-07-01', '136/2025/QH15'],
  ['25/2018/QH14', 'amended', '2026-07-01', '136/2025/QH15'],
];

async function seedInstruments(queryRunner: QueryRunner): Promise<void> {
  for (const instrument of instruments)
    await queryRunner.query(
      'insert into legal_instrument (number, issuer, type, title, issued_on, in_force_from, in_force_to, verified) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      instrument,
    );
  for (const change of changes)
    await queryRunner.query(
      `insert into legal_instrument_change (instrument_id, kind, effective_on, by_instrument_id)
       select changed.id, $2, $3, other.id from legal_instrument changed, legal_instrument other where changed.number = $1 and other.number = $4`,
      change,
    );
}
