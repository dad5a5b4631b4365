import { toFiling } from '../../structure/law-desk/dto/to-filing.js';
import type { Authorisation, Party } from '../petition.js';
import type { NewPetition } from '../petitions.service.js';
import type { AuthorisationDto, FilePetitionDto, PartyDto } from './petition.dto.js';

/** A petition as it is sent, in the words of the service. */
export function toNewPetition(dto: FilePetitionDto): NewPetition {
  return {
    ...toFiling(dto, { filedOn: dto.receivedOn, filedAtUnitId: '', stage: null }),
    channel: dto.channel,
    receivedOn: dto.receivedOn,
    writtenOn: dto.writtenOn ?? null,
    summary: dto.summary,
    content: dto.content,
    fieldCode: dto.fieldCode ?? null,
    parties: (dto.parties ?? []).map(toParty),
    signatories: dto.signatories ?? null,
    relatedTo: dto.relatedTo ?? [],
    externalReference: dto.externalReference ?? null,
  };
}

function toParty({ role, type, name, ...given }: PartyDto): Party {
  const { nationalId = null, address = null, phone = null, birthYear = null, office = null, authorisation, personId = null } = given;
  return { role, type, name, nationalId, address, phone, birthYear, office, authorisation: toAuthorisation(authorisation), personId };
}

function toAuthorisation(given: AuthorisationDto | null | undefined): Authorisation | null {
  if (!given) return null;
  const { documentNumber = null, issuedOn = null, scope = null, cardNumber = null } = given;
  return { documentNumber, issuedOn, scope, cardNumber };
}
