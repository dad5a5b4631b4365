import { applyDecorators, createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Official } from './official.js';
import type { Permission } from './permissions.js';

export const accessKey = 'access';

/** Open to anybody. Every route that does not say so is closed. */
export function Public(): CustomDecorator<string> {
  return SetMetadata(accessKey, 'public');
}

/** Open to signed-in callers who have this permission; the document tells it as `x-permission`. */
export function Needs(permission: Permission): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(accessKey, permission), ApiBearerAuth(), ApiExtension('x-permission', permission));
}

/** The signed-in caller. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Official =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** @throws Error on a public route, which has no caller */
export function callerOf({ caller }: FastifyRequest): Official {
  if (!caller) throw new Error('A public route has no caller');
  return caller;
}
