import { exampleUnits as units } from '../../structure/units/example-units.js';

const petitioner = {
  role: 'petitioner',
  type: 'person',
  name: 'Nguyễn Văn Hoà',
  nationalId: '001082012345',
  address: 'Số 5 phố Trấn Vũ, phường Ba Đình',
  phone: '0912 345 678',
};

/** Requests for POST /petitions that work in the demo as they stand, signed in as city.clerk. */
export const petitionExamples = {
  overLevelComplaint: {
    summary: 'Khiếu nại vượt cấp – a complaint about a commune, filed at the city',
    value: {
      kind: 'complaint',
      subject: 'administrative',
      channel: 'in_person',
      receivedOn: '2026-05-11',
      writtenOn: '2026-05-08',
      summary: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ',
      content: 'Tôi không đồng ý với Quyết định số 15/QĐ-UBND của UBND phường về việc thu hồi 25 m² đất của gia đình tôi.',
      fieldCode: 'land_housing',
      respondent: { type: 'agency', unitId: units.baDinh },
      parties: [petitioner],
    },
  },
  denunciation: {
    summary: 'Tố cáo công chức phường – a denunciation to be transferred',
    value: {
      kind: 'denunciation',
      channel: 'post',
      receivedOn: '2026-05-11',
      summary: 'Tố cáo công chức địa chính thu tiền ngoài quy định',
      content: 'Công chức địa chính của UBND phường nhiều lần yêu cầu nộp tiền ngoài quy định.',
      fieldCode: 'officials_duty',
      respondent: { type: 'official', unitId: units.baDinh, position: 'official' },
      parties: [petitioner],
    },
  },
  reflection: {
    summary: 'Phản ánh – a reflection on a place',
    value: {
      kind: 'reflection',
      channel: 'online',
      receivedOn: '2026-05-11',
      summary: 'Phản ánh đèn đường hỏng trong ngõ 12',
      content: 'Hai đèn chiếu sáng trong ngõ 12 hỏng đã một tháng.',
      matterUnitId: units.baDinh,
    },
  },
};
