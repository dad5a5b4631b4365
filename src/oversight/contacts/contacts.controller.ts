import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { ContactResponse, ContactPageResponse, toContact } from './contacts.response.js';
import { ContactsService } from './contacts.service.js';
import { ContactDto, ContactsQuery } from './dto/contacts.dto.js';

@ApiTags('citizen-contacts')
@Controller('citizen-contacts')
@Needs('contacts.keep')
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('superior_matters.read')
  @ApiOperation({ summary: 'Nhật ký giải thích, vận động – talks with the citizens of cases, the latest first' })
  @ApiResponse({ status: 200, type: ContactPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: ContactsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactPageResponse> {
    const found = await this.contacts.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toContact(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Ghi buổi giải thích, vận động – who spoke with the citizens of a case, when, with what result',
    description: 'About a petition, a case at a superior or a court, or a gathering. Of a denunciation the words name nobody.',
  })
  @ApiResponse({ status: 201, type: ContactResponse })
  @Problems('validation-failed')
  async record(@Body() facts: ContactDto, @Caller() by: Official): Promise<ContactResponse> {
    return toContact(await this.contacts.record(facts, by), this.units.structure);
  }
}
