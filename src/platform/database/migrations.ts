import { Foundations1764000000001 } from '../../../migrations/1764000000001-foundations.js';
import { Units1764000000002 } from '../../../migrations/1764000000002-units.js';
import { Accounts1764000000003 } from '../../../migrations/1764000000003-accounts.js';
import { Calendar1764000000004 } from '../../../migrations/1764000000004-calendar.js';
import { Petitions1764000000005 } from '../../../migrations/1764000000005-petitions.js';
import { Routing1764000000006 } from '../../../migrations/1764000000006-routing.js';
import { Idempotency1764000000007 } from '../../../migrations/1764000000007-idempotency.js';
import { WholeLife1764000000008 } from '../../../migrations/1764000000008-whole-life.js';
import { CasesAndPeople1764000000009 } from '../../../migrations/1764000000009-cases-and-people.js';
import { Papers1764000000010 } from '../../../migrations/1764000000010-papers.js';
import { Jobs1764000000011 } from '../../../migrations/1764000000011-jobs.js';
import { Audit1764000000012 } from '../../../migrations/1764000000012-audit.js';
import { SealedIdentities1764000000013 } from '../../../migrations/1764000000013-sealed-identities.js';
import { Events1764000000014 } from '../../../migrations/1764000000014-events.js';
import { SignIn1764000000015 } from '../../../migrations/1764000000015-sign-in.js';
import { PersonalData1764000000016 } from '../../../migrations/1764000000016-personal-data.js';
import { Reception1764000000017 } from '../../../migrations/1764000000017-reception.js';
import { SealedAnswers1764000000018 } from '../../../migrations/1764000000018-sealed-answers.js';
import { Regulations1764000000019 } from '../../../migrations/1764000000019-regulations.js';
import { SuperiorMatters1764000000020 } from '../../../migrations/1764000000020-superior-matters.js';
import { Backlog1764000000021 } from '../../../migrations/1764000000021-backlog.js';
import { UrgingLetters1764000000022 } from '../../../migrations/1764000000022-urging-letters.js';
import { RollOut1764000000023 } from '../../../migrations/1764000000023-roll-out.js';
import { Inspections1764000000024 } from '../../../migrations/1764000000024-inspections.js';
import { Findings1764000000025 } from '../../../migrations/1764000000025-findings.js';
import { Responsibility1764000000026 } from '../../../migrations/1764000000026-responsibility.js';
import { PetitionStays1764000000027 } from '../../../migrations/1764000000027-petition-stays.js';
import { StatutoryReports1764000000028 } from '../../../migrations/1764000000028-statutory-reports.js';
import { ReportFiles1764000000029 } from '../../../migrations/1764000000029-report-files.js';
import { JsonShapes1764000000031 } from '../../../migrations/1764000000031-json-shapes.js';
import { SecretFiles1764000000032 } from '../../../migrations/1764000000032-secret-files.js';
import { WhatHangs1764000000033 } from '../../../migrations/1764000000033-what-hangs.js';
import { SignInGuard1764000000036 } from '../../../migrations/1764000000036-sign-in-guard.js';
import { TwoPersons1764000000037 } from '../../../migrations/1764000000037-two-persons.js';
import { PublicBooking1764000000040 } from '../../../migrations/1764000000040-public-booking.js';
import { AttachmentUsage1764000000039 } from '../../../migrations/1764000000039-attachment-usage.js';
import { JobAttempts1764000000038 } from '../../../migrations/1764000000038-job-attempts.js';
import { AuditByList1764000000050 } from '../../../migrations/1764000000050-audit-by-list.js';
import { Epochs1764000000051 } from '../../../migrations/1764000000051-epochs.js';
import { HeldFrom1764000000052 } from '../../../migrations/1764000000052-held-from.js';
import { DialogueNotices1764000000053 } from '../../../migrations/1764000000053-dialogue-notices.js';
import { CultureDay1764000000054 } from '../../../migrations/1764000000054-culture-day.js';
import { ObstacleDays1764000000055 } from '../../../migrations/1764000000055-obstacle-days.js';
import { DialoguesInPerson1764000000062 } from '../../../migrations/1764000000062-dialogues-in-person.js';
import { Withdrawals1764000000061 } from '../../../migrations/1764000000061-withdrawals.js';
import { ComplexityFindings1764000000060 } from '../../../migrations/1764000000060-complexity-findings.js';
import { NamesOfAccounts1764000000056 } from '../../../migrations/1764000000056-names-of-accounts.js';
import { Refusals1764000000057 } from '../../../migrations/1764000000057-refusals-2026.js';
import { Unprocessed1764000000058 } from '../../../migrations/1764000000058-unprocessed.js';
import { SessionChanges1764000000059 } from '../../../migrations/1764000000059-session-changes.js';
import { StaysOnce1764000000065 } from '../../../migrations/1764000000065-stays-once.js';
import { ReportsApart1764000000066 } from '../../../migrations/1764000000066-reports-apart.js';
import { OnlineSessions1764000000068 } from '../../../migrations/1764000000068-online-sessions.js';
import { AuditWalks1764000000069 } from '../../../migrations/1764000000069-audit-walks.js';
import { FormerNames1764000000070 } from '../../../migrations/1764000000070-former-names.js';
import { Recordings1764000000072 } from '../../../migrations/1764000000072-recordings.js';
import { VisitGuidance1764000000073 } from '../../../migrations/1764000000073-visit-guidance.js';
import { NamedPetitions1764000000077 } from '../../../migrations/1764000000077-named-petitions.js';

/** Every migration in order; a new one is added at the end and never changed once released. */
export const migrations = [
  Foundations1764000000001,
  Units1764000000002,
  Accounts1764000000003,
  Calendar1764000000004,
  Petitions1764000000005,
  Routing1764000000006,
  Idempotency1764000000007,
  WholeLife1764000000008,
  CasesAndPeople1764000000009,
  Papers1764000000010,
  Jobs1764000000011,
  Audit1764000000012,
  SealedIdentities1764000000013,
  Events1764000000014,
  SignIn1764000000015,
  PersonalData1764000000016,
  Reception1764000000017,
  SealedAnswers1764000000018,
  Regulations1764000000019,
  SuperiorMatters1764000000020,
  Backlog1764000000021,
  UrgingLetters1764000000022,
  RollOut1764000000023,
  Inspections1764000000024,
  Findings1764000000025,
  Responsibility1764000000026,
  PetitionStays1764000000027,
  StatutoryReports1764000000028,
  ReportFiles1764000000029,
  JsonShapes1764000000031,
  SecretFiles1764000000032,
  WhatHangs1764000000033,
  SignInGuard1764000000036,
  TwoPersons1764000000037,
  JobAttempts1764000000038,
  AttachmentUsage1764000000039,
  PublicBooking1764000000040,
  AuditByList1764000000050,
  Epochs1764000000051,
  HeldFrom1764000000052,
  DialogueNotices1764000000053,
  CultureDay1764000000054,
  ObstacleDays1764000000055,
  NamesOfAccounts1764000000056,
  Refusals1764000000057,
  Unprocessed1764000000058,
  SessionChanges1764000000059,
  ComplexityFindings1764000000060,
  Withdrawals1764000000061,
  DialoguesInPerson1764000000062,
  StaysOnce1764000000065,
  ReportsApart1764000000066,
  OnlineSessions1764000000068,
  AuditWalks1764000000069,
  FormerNames1764000000070,
  Recordings1764000000072,
  VisitGuidance1764000000073,
  NamedPetitions1764000000077,
];
