/**
 * Units of the demo that the examples of the documentation name, with ids that are the same in every demo,
 * so that an example works as it stands.
 */
export const exampleUnits = {
  /** Thành phố Hà Nội. */
  city: '01980000-0000-7000-8000-000000000001',
  /** Ban Tiếp công dân Thành phố. */
  cityBoard: '01980000-0000-7000-8000-000000000002',
  /** Phường Trúc Bạch, until 2025-06-30. */
  trucBach: '01980000-0000-7000-8000-000000000003',
  /** Phường Ba Đình, since 2025-07-01. */
  baDinh: '01980000-0000-7000-8000-000000000004',
} as const;
