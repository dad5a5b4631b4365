export const petitionKinds = ['complaint', 'denunciation', 'recommendation', 'reflection'] as const;
/** Khiếu nại, tố cáo, kiến nghị, phản ánh. */
export type PetitionKind = (typeof petitionKinds)[number];
