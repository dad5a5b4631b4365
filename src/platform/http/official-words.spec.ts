import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { HoldsOfficialWords, OfficialWords, Part, Parts, Text } from './fields.js';
import { mapWords, officialWordsInDocument, wordFieldsOf } from './official-words.js';

/** Free texts of requests that are no officials' words about petitions, and why: schema, then fields. */
const others: Record<string, string> = {
  // Passwords, tokens and names of accounts.
  AccountProposalRefusalDto: 'reason',
  AccountChangeDto: 'displayName password',
  ExternalIdentityDto: 'subject',
  InvitationDto: 'code newPassword',
  ClientTokenDto: 'client_id client_secret scope',
  NewAccountDto: 'displayName password',
  NewServiceAccountDto: 'displayName',
  PasswordChangeDto: 'currentPassword newPassword',
  RefreshDto: 'refreshToken',
  SignInDto: 'password username',
  TotpEnrolmentDto: 'password',
  TotpRemovalDto: 'password',
  // Who somebody is: sealed where that is secret.
  AuthorisationDto: 'cardNumber documentNumber scope',
  PartyDto: 'address name office',
  SignatoryDto: 'address name',
  VisitorDto: 'address name',
  // What a citizen says: redacted by who is named with it in the same request, and kept sealed as it was.
  BookingDto: 'address matter name',
  PublicBookingDto: 'address matter name',
  FilePetitionDto: 'content externalReference summary',
  VisitCorrectionDto: 'content matter receiverName',
  VisitDto: 'content matter receiverName',
  VisitPetitionDto: 'content externalReference',
  // Whom a petition is directed against may be known.
  RespondentDto: 'name',
  // Codes, numbers and names that are looked up, and would be found no more if anything were taken out.
  CodeDto: 'code',
  ColumnCountDto: 'measure where{}',
  ConfirmationDto: 'code confirmationCode',
  Exchange_import: 'mapping',
  FindingDto: 'itemCode',
  Inspections_photograph: 'clientKey code',
  ItemAnswerDto: 'code',
  LimitDto: 'ruleId',
  LinkDto: 'petitionNumber',
  MatterRowDto: 'petitionNumber unitCode',
  ReviewedQuestionDto: 'code',
  StatutoryFormDto: 'checks',
  SubscriptionChangeDto: 'types',
  SubscriptionDto: 'types',
  WorkbookDto: 'version',
  // Who signs for an office, leads a meeting, is on duty or in a team.
  BacklogReviewDto: 'chairedBy participants',
  DelegationDto: 'name title',
  DocumentDto: 'place signerName signerTitle',
  DutyPlanDto: 'official recurrence',
  InspectionConclusionDto: 'place signerName signerTitle',
  IssueDto: 'place signerName signerTitle',
  LetterDto: 'place signerName signerTitle',
  MemberDto: 'name office',
  NewScheduleDto: 'headName headTitle recurrence title',
  OpeningDto: 'delegateName delegateTitle',
  ReceiverDto: 'appointedBy name title',
  ReportSigningDto: 'signerName signerTitle',
  ReportUrgingDto: 'signerName signerTitle',
  ScheduleDto: 'headName headTitle recurrence title',
  SessionDto: 'headName headTitle title',
  SessionPaperDto: 'place signerName signerTitle',
  SessionPatchDto: 'headName headTitle title',
  VerificationMemberDto: 'name office',
  VisitPaperDto: 'place signerName signerTitle',
  // Law, calendars, offices, plans, reports and the software: about no petition.
  BasisDto: 'article',
  BilingualDto: 'en vi',
  CalendarYearDto: 'source',
  CampaignDto: 'number title',
  CampaignEndDto: 'note',
  DirectiveSummaryDto: 'opinion signerName signerTitle',
  DrawDto: 'reason',
  DutyCancellationDto: 'reason',
  FormSetDto: 'circular drops reason',
  FormSetRestorationDto: 'circular reason',
  GuidanceArticleDto: 'body changeNote title',
  InspectionDto: 'decisionNumber inspectedHead subject',
  InspectionPlanDto: 'number title',
  InspectionPlanItemDto: 'subject',
  InstrumentChangeDto: 'note',
  InstrumentDto: 'issuer note number title',
  MilestoneDto: 'note',
  NarrativeDto: 'assessment causes direction forecast proposals protection reasons results shortcomings situation tasks',
  NewOfficeDto: 'address directions name',
  NewVersionDto: 'gist number signerName signerTitle',
  NoticeDto: 'title',
  NoticeRemovalDto: 'reason',
  OfficeDto: 'address directions name',
  OpeningFiguresDto: 'note',
  PublicationDto: 'lateReason',
  RegulationDto: 'gist number signerName signerTitle title',
  RepealDto: 'number reason',
  ReportDeadlineDto: 'source',
  ReportReturnDto: 'reason',
  ReportRevisionDto: 'reason',
  RetentionRuleDto: 'source',
  ReviewDto: 'reason',
  RoomDto: 'name',
  ScheduleEndDto: 'reason',
  SpecialDayDto: 'name',
  SubstitutionDto: 'official reason',
  VersionDto: 'gist number signerName signerTitle',
};

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: unknown;
}

interface Document {
  paths: Record<string, Record<string, { operationId?: string; requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

/** Fields of request bodies that hold any text, by schema, without those that are officials' words. */
function freeTexts(document: Document): Record<string, string> {
  const found = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const walk = (schema: Schema, name: string, field: string): void => {
    if (schema.$ref) {
      const next = schema.$ref.split('/').at(-1)!;
      if (seen.has(next)) return;
      seen.add(next);
      walk(document.components.schemas[next]!, next, '');
      return;
    }
    if (officialWordsInDocument in schema) return;
    const bound = ['enum', 'format', 'pattern'].some((check) => check in schema);
    const free = [schema.type].flat().includes('string') && !bound ? field : schema.additionalProperties === true ? `${field}{}` : null;
    if (free !== null) found.set(name, (found.get(name) ?? new Set()).add(free));
    for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])])
      walk(part, name, field);
    for (const [property, part] of Object.entries(schema.properties ?? {})) walk(part, name, property);
  };
  for (const item of Object.values(document.paths))
    for (const { operationId, requestBody } of Object.values(item))
      for (const { schema } of Object.values(requestBody?.content ?? {})) walk(schema, operationId!, '');
  return Object.fromEntries([...found].map(([name, fields]) => [name, [...fields].sort().join(' ')]));
}

describe("officials' words", () => {
  it('are every free text of every request, but those that are named here with the reason', () => {
    const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;
    expect(freeTexts(document)).toEqual(others);
  });

  it('are found in the parts of a body, in lists and in whatever an object holds', () => {
    class Inner {
      @OfficialWords({ max: 100 })
      reason: string;
    }
    class Base {
      @OfficialWords({ max: 100, items: 3 })
      recipients: string[];
    }
    class Outer extends Base {
      @Part(() => Inner)
      one: Inner;

      @Parts(() => Inner, { max: 3 })
      many: Inner[];

      @HoldsOfficialWords()
      fields: object;

      @Text({ max: 100 })
      code: string;
    }
    const body = {
      one: { reason: 'a', other: 'b' },
      many: [{ reason: 'c' }, 'd'],
      recipients: ['e', 5],
      fields: { x: { y: ['f'] } },
      code: 'g',
      reason: 'h',
    };
    const changed: string[] = [];
    const told = mapWords(body, wordFieldsOf(Outer)!, (text, pointer) => {
      changed.push(pointer);
      return text.toUpperCase();
    });
    expect(told).toEqual({
      one: { reason: 'A', other: 'b' },
      many: [{ reason: 'C' }, 'd'],
      recipients: ['E', 5],
      fields: { x: { y: ['F'] } },
      code: 'g',
      reason: 'h',
    });
    expect(changed).toEqual(['/one/reason', '/many/0/reason', '/recipients/0', '/fields/x/y/0']);
  });

  it('are none where a class has none, also one that holds itself', () => {
    class Own {
      @Part(() => Own)
      own: object;
    }
    expect(wordFieldsOf(Own)).toBeNull();
  });
});
