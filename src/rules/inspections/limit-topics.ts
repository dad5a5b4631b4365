/** The limits of the law that an item of a checklist, or a question of a review sheet, is about: by the ends or beginnings of their rules' ids. */
export const limitTopics = {
  processing: /^(petition\.processing|denunciation\.transfer|transfer\.)/,
  acceptance: /\.acceptance(\.|$)/,
  resolution: /\.resolution(\.|$)/,
  answer: /^recommendation\./,
  sending: /\.(sending|publication)(\.|$)/,
  enforcement: /^enforcement\./,
} satisfies Record<string, RegExp>;
export type LimitTopic = keyof typeof limitTopics;
