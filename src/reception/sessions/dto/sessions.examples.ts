import { examplePlaces } from '../../example-places.js';

/** Requests for POST /reception-sessions that work in the demo as they stand, signed in as city.clerk. */
export const sessionExamples = {
  periodic: {
    summary: 'Tiếp định kỳ – a day of the chair, with slots that anybody can book',
    value: {
      officeId: examplePlaces.cityOffice,
      roomIds: [examplePlaces.cityRoom],
      type: 'periodic',
      onDate: '2028-03-14',
      startsAt: '08:00',
      endsAt: '11:30',
      headName: 'Phạm Quốc Huy',
      headTitle: 'Chủ tịch UBND Thành phố',
      slotMinutes: 30,
      placesPerSlot: 2,
      publicBooking: true,
    },
  },
  adHoc: {
    summary: 'Tiếp đột xuất – at once, for a ground in law',
    value: {
      officeId: examplePlaces.cityOffice,
      type: 'ad_hoc',
      onDate: '2028-03-15',
      startsAt: '14:00',
      endsAt: '16:00',
      headName: 'Phạm Quốc Huy',
      headTitle: 'Chủ tịch UBND Thành phố',
      adHocGround: 'tense_or_complex',
      adHocReason: '30 hộ dân khu tập thể tập trung về phương án bồi thường',
    },
  },
  online: {
    summary: 'Tiếp trực tuyến – by video between the city and a ward, with one ledger',
    value: {
      officeId: examplePlaces.cityOffice,
      roomIds: [examplePlaces.cityRoom, examplePlaces.baDinhRoom],
      type: 'periodic',
      online: true,
      onDate: '2028-03-16',
      startsAt: '14:00',
      endsAt: '16:30',
      headName: 'Phạm Quốc Huy',
      headTitle: 'Chủ tịch UBND Thành phố',
    },
  },
};
