import { exampleUnits } from '../../../structure/units/example-units.js';
import { examplePlaces } from '../../example-places.js';

const visitor = {
  name: 'Nguyễn Văn Hoà',
  nationalId: '001082012345',
  address: 'Số 5 phố Trấn Vũ, phường Ba Đình',
  phone: '0912 345 678',
  birthYear: 1970,
};

/** Requests for POST /reception-visits that work in the demo as they stand, signed in as city.clerk. */
export const visitExamples = {
  opensPetition: {
    summary: 'Nhận đơn tại buổi tiếp – a visit that opens a petition in one go',
    value: {
      officeId: examplePlaces.cityOffice,
      kind: 'complaint',
      fieldCode: 'land_housing',
      visitors: [visitor],
      matter: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ',
      content: 'Gia đình không đồng ý với diện tích thu hồi 25 m², đề nghị đo lại.',
      papers: [{ name: 'Đơn khiếu nại' }, { name: 'Quyết định thu hồi đất', copies: 1 }],
      receiverName: 'Nguyễn Thị Hoà',
      outcome: {
        result: 'petition_opened',
        note: 'Đã nhận đơn, cấp giấy biên nhận.',
        petition: { respondent: { type: 'agency', unitId: exampleUnits.baDinh } },
      },
    },
  },
  denunciation: {
    summary: 'Tố cáo trực tiếp – whoever denounces is shown nowhere',
    value: {
      officeId: examplePlaces.cityOffice,
      kind: 'denunciation',
      visitors: [visitor],
      matter: 'Tố cáo công chức địa chính thu tiền ngoài quy định',
      papers: [{ name: 'Đơn tố cáo' }],
      receiverName: 'Nguyễn Thị Hoà',
      outcome: { result: 'papers_taken', note: 'Đã nhận đơn.' },
    },
  },
  largeGroup: {
    summary: 'Đoàn đông người – a group with its representatives, still being received',
    value: {
      officeId: examplePlaces.cityOffice,
      kind: 'recommendation',
      persons: 24,
      visitors: [
        { ...visitor, capacity: 'representative' },
        { capacity: 'representative', name: 'Trần Thị Bình', address: 'Khu tập thể Ba Đình' },
      ],
      matter: 'Kiến nghị phương án bồi thường khu tập thể Ba Đình',
      receiverName: 'Nguyễn Thị Hoà',
    },
  },
  refused: {
    summary: 'Từ chối tiếp – refused on a ground in law',
    value: {
      officeId: examplePlaces.cityOffice,
      kind: 'complaint',
      visitors: [visitor],
      matter: 'Đòi giải quyết lại vụ việc đã có quyết định cuối cùng',
      receiverName: 'Nguyễn Thị Hoà',
      refusal: {
        ground: 'finally_settled',
        reason: 'Đã có quyết định giải quyết lần hai, đã thông báo bằng văn bản và giải thích nhiều lần.',
        documentNumber: '15/TB-UBND',
      },
    },
  },
  refusedWithoutNews: {
    summary: 'Từ chối tiếp, còn nợ thông báo bằng văn bản – refused; the notice of the head is owed within three working days',
    value: {
      officeId: examplePlaces.cityOffice,
      kind: 'reflection',
      visitors: [visitor],
      matter: 'Phản ánh lại việc thu gom rác đã được trả lời',
      receiverName: 'Nguyễn Thị Hoà',
      refusal: { ground: 'answered_without_new_facts', reason: 'Đã trả lời bằng văn bản, không có tình tiết mới.' },
    },
  },
};
