import { exampleUnits as units } from '../../units/example-units.js';

/** Requests for POST /rules/evaluations that work in the demo as they stand. */
export const evaluationExamples = {
  overLevel2018: {
    summary: 'Khiếu nại UBND phường nộp tại Ban Tiếp công dân Thành phố, 2018 – two levels skipped',
    value: {
      kind: 'complaint',
      subject: 'administrative',
      filedOn: '2018-05-10',
      filedAtUnitId: units.cityBoard,
      respondent: { type: 'agency', unitId: units.trucBach },
    },
  },
  silence2018: {
    summary: 'Phường không thụ lý, khiếu nại lên Thành phố – the district is competent by the silence of the commune',
    value: {
      kind: 'complaint',
      filedOn: '2018-06-20',
      filedAtUnitId: units.city,
      respondent: { type: 'agency', unitId: units.trucBach },
      priorHandling: [{ unitId: units.trucBach, stage: 'first', receivedOn: '2018-03-01' }],
    },
  },
  obstacle2018: {
    summary: 'Khiếu nại lần hai sau khi lần đầu im lặng, có 40 ngày nằm viện – the thirty days of art. 33, less the days of an obstacle',
    value: {
      kind: 'complaint',
      filedOn: '2018-06-20',
      filedAtUnitId: units.city,
      respondent: { type: 'agency', unitId: units.trucBach },
      obstacleDays: 40,
      priorHandling: [{ unitId: units.trucBach, stage: 'first', receivedOn: '2018-03-01' }],
    },
  },
  denunciation2026: {
    summary: 'Tố cáo Chủ tịch UBND phường nộp tại Thành phố, 2026 – the city is competent',
    value: {
      kind: 'denunciation',
      filedOn: '2026-05-11',
      filedAtUnitId: units.city,
      respondent: { type: 'official', unitId: units.baDinh, position: 'head' },
    },
  },
};

/** Requests for POST /rules/limits. */
export const limitExamples = {
  tet: {
    summary: 'Ngày thứ 30 rơi vào Tết – day 30 falls in Tết',
    value: { ruleId: 'complaint.resolution.first', startsOn: '2026-01-19' },
  },
  acceptance2026: {
    summary: 'Thụ lý khiếu nại từ 01/7/2026 – acceptance in seven working days since 2026-07-01',
    value: { ruleId: 'complaint.acceptance', startsOn: '2026-07-06' },
  },
  forwarded: {
    summary: 'Tố cáo do báo chí chuyển đến – the forwarder of a denunciation is told within twenty days',
    value: { ruleId: 'petition.forwarder.notice', startsOn: '2026-05-11', kind: 'denunciation' },
  },
  swap: { summary: 'Làm bù thứ Bảy – a worked Saturday', value: { ruleId: 'denunciation.transfer', startsOn: '2025-04-24' } },
  extended: {
    summary: 'Gia hạn một lần – one extension',
    value: { ruleId: 'denunciation.resolution', startsOn: '2019-01-02', complexity: 'complex', extensionsDays: [30] },
  },
};
