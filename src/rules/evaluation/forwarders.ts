/** Bodies of the National Assembly, deputies of all levels and reception boards, as receivers write them. */
const named = /quốc hội|đbqh|hội đồng nhân dân|hđnd|đại biểu|ban tiếp (công )?dân|dân nguyện|national.assembly|people.?s.council/iu;

/**
 * Whether whoever forwarded a complaint or denunciation is told its result within seven working days: bodies of the National Assembly, its
 * deputies, deputies of People's Councils, reception boards (Law on Citizen Reception art. 27(2)). It is told by the words of the receiver.
 */
export function isOwedTheResult(forwardedBy: string | null | undefined): boolean {
  return named.test((forwardedBy ?? '').normalize('NFC'));
}
