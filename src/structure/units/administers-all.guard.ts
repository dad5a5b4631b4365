import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../platform/access/access.decorators.js';
import { AccessScope } from './access-scope.js';

/** For uploads of administrators at the top of the structure: nobody else's file is even received. */
@Injectable()
export class AdministersAll implements CanActivate {
  constructor(private readonly scope: AccessScope) {}

  /** @throws Problem `forbidden` */
  canActivate(context: ExecutionContext): boolean {
    this.scope.mustAdministerAll(callerOf(context.switchToHttp().getRequest<FastifyRequest>()));
    return true;
  }
}
