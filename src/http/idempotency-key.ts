/** For `@ApiHeader` of a route that creates. */
export const idempotencyKey = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'Your own key of this request, 1–255 characters: repeating the request with it answers the same and does nothing twice. Kept for two days.',
  schema: { type: 'string' as const, maxLength: 255 },
};
