export const petitionKinds = ['complaint', 'denunciation', 'recommendation', 'reflection'] as const;
/** Khiếu nại, tố cáo, kiến nghị, phản ánh. */
export type PetitionKind = (typeof petitionKinds)[number];

/** Kinds of matters as they stand within a Vietnamese sentence. */
export const kindNames: Record<PetitionKind, string> = {
  complaint: 'khiếu nại',
  denunciation: 'tố cáo',
  recommendation: 'kiến nghị',
  reflection: 'phản ánh',
};
