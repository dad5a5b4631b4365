/** Offices and rooms of the demo that the examples of the documentation name, the same in every demo. */
export const examplePlaces = {
  /** Trụ sở tiếp công dân Thành phố, of the city. */
  cityOffice: '01980000-0000-7000-8000-000000000101',
  cityRoom: '01980000-0000-7000-8000-000000000102',
  /** Of Phường Ba Đình. */
  baDinhOffice: '01980000-0000-7000-8000-000000000103',
  baDinhRoom: '01980000-0000-7000-8000-000000000104',
} as const;
