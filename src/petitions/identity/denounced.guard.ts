import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { isUuid } from '../../platform/http/page.js';
import { ConcernedPeople } from './concerned-people.service.js';
import { namedIn } from './named-in.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { keptOut, WhoMayKnow } from './who-may-know.service.js';

const openKey = 'open-to-denounced';

/**
 * What is left to whom a denunciation is directed against: to see that it is there, as everybody of the unit does, and to pass it on. Every other
 * route that names it is closed to him, by the guard and not by the route.
 */
export function OpenToDenounced(how: 'seeing' | 'passing_on'): MethodDecorator {
  return SetMetadata(openKey, how);
}

const denounced = new WeakSet<FastifyRequest>();

/** Whether a request is made by whom the denunciation that it passes on is directed against: nothing that he writes about it is kept. */
export function isOfDenounced(request: FastifyRequest): boolean {
  return denounced.has(request);
}

/** The petition that a route is about by its path. */
function petitionOf({ params, routeOptions: { url = '' } }: FastifyRequest): string | null {
  const { id } = params as { id?: string };
  return id !== undefined && isUuid(id) && /\/petitions\/:id(?:\/|$)/.test(url) ? id.toLowerCase() : null;
}

/**
 * Keeps whom a denunciation is directed against out of it (Law on Denunciations arts 8, 11): every request that names it by its path, its query or its
 * body – or anything that leads to it, a transfer, a paper, a verification, a visit – is refused, whether it looks or acts.
 */
@Injectable()
export class DenouncedGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly people: ConcernedPeople,
    private readonly whoMayKnow: WhoMayKnow,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem `forbidden`; `validation-failed` for more names than are followed */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    await this.look(context, [request.params, request.query, request.body]);
    return true;
  }

  /** The same for what a request brings later than its address: the fields of a form, which are there once its file has come in. */
  async look(context: ExecutionContext, values: unknown): Promise<void> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { caller } = request;
    const open = this.reflector.get<'seeing' | 'passing_on' | undefined>(openKey, context.getHandler());
    if (!caller || open === 'seeing') return;
    const { ids, numbers, mentioned } = namedIn(values);
    // Of what he does not see he is not told that there is such a thing.
    const visible = this.scope.visible(caller);
    for (const id of await this.people.secretPetitions(ids, [...numbers, ...mentioned], visible, petitionOf(request))) {
      if (!(await this.whoMayKnow.isDenounced(id, caller))) continue;
      if (open !== 'passing_on') throw keptOut();
      denounced.add(request);
    }
  }
}
