import { applyDecorators, createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Official, type Role, roles } from './official.js';

export const accessKey = 'access';

/** Open to anybody. Every route that does not say so is closed. */
export function Public(): CustomDecorator<string> {
  return SetMetadata(accessKey, 'public');
}

/** Open to signed-in callers who have one of these roles. */
export function Allows(...allowed: Role[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(accessKey, allowed), ApiBearerAuth());
}

/** Open to every signed-in caller. */
export function AllowsEverybody(): MethodDecorator & ClassDecorator {
  return Allows(...roles);
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
