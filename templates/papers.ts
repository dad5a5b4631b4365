/** What stands in a paper. `**` before a line makes it bold, `^^` a bold line in the middle; a line of its own `{#list}` … `{/list}` repeats. */
export interface PaperText {
  title: string;
  gist?: string;
  addressee?: string;
  body: string[];
  /** Signed by those who were there instead of issued to recipients. */
  minutes?: true;
  signers?: [string, string];
}

const petitionOf = 'đơn ghi ngày {writtenOn} của {petitioner}; địa chỉ: {petitionerAddress}';

/** The papers of domain.md section 5, by their code. */
export const papersByCode: Record<string, PaperText> = {
  receipt: {
    title: 'Giấy biên nhận',
    gist: 'Tiếp nhận thông tin, tài liệu, bằng chứng',
    body: [
      'Hồi {time} ngày {receivedOn}, tại {receptionPlace}, {issuer} đã nhận của {petitioner}; địa chỉ: {petitionerAddress} các thông tin, tài liệu, bằng chứng sau:',
      '{#papers}',
      '{index}. {name}: {copies} bản.',
      '{/papers}',
      'Đơn được vào sổ tiếp nhận số {petitionNumber}.',
      'Mã tra cứu tình trạng xử lý: {statusCode}. Tra cứu bằng số đơn và mã này; không cung cấp mã cho người khác.',
      'Giấy biên nhận được lập thành hai bản, mỗi bên giữ một bản.',
    ],
    minutes: true,
    signers: ['NGƯỜI NỘP', 'NGƯỜI NHẬN'],
  },
  appointment_slip: {
    title: 'Phiếu hẹn',
    body: [
      'Ngày {receivedOn}, {issuer} tiếp nhận đề nghị của {petitioner}; địa chỉ: {petitionerAddress}.',
      'Nội dung: {summary} (số {petitionNumber}).',
      'Căn cứ quy định của pháp luật về tiếp công dân, {issuer} hẹn {petitioner} đến {appointmentPlace} hồi {appointmentTime} ngày {appointmentOn} để {appointmentPurpose}.',
      'Khi đến, đề nghị mang theo phiếu hẹn này, giấy tờ tuỳ thân và các tài liệu liên quan.',
    ],
  },
  acceptance_proposal: {
    title: 'Phiếu đề xuất thụ lý đơn',
    addressee: '{addressee}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được {petitionKind} (số {petitionNumber}), {stageName}, ' + petitionOf + '.',
      'Tóm tắt nội dung: {summary}.',
      'Đối tượng bị khiếu nại, tố cáo hoặc nơi phát sinh sự việc: {respondent}.',
      'Quá trình giải quyết trước đó: {priorHandling}.',
      'Xét thấy đơn đủ điều kiện và thuộc thẩm quyền giải quyết của {competentUnit}, đề xuất thụ lý để giải quyết theo quy định của pháp luật.',
      'Ý kiến của người đề xuất: {note}.',
      '**Phê duyệt của thủ trưởng cơ quan, đơn vị',
      'Ngày …… tháng …… năm ………',
    ],
  },
  complaint_acceptance_notice: {
    title: 'Thông báo',
    gist: 'Về việc thụ lý giải quyết khiếu nại {stageName}',
    addressee: '{petitioner}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được đơn khiếu nại số {petitionNumber} của {petitioner}; địa chỉ: {petitionerAddress}.',
      'Khiếu nại về việc: {summary}.',
      'Căn cứ Luật Khiếu nại số 02/2011/QH13, sau khi xem xét, nội dung khiếu nại đủ điều kiện thụ lý và thuộc thẩm quyền giải quyết của {competentUnit}.',
      'Khiếu nại được thụ lý giải quyết từ ngày {acceptedOn}; thời hạn giải quyết đến ngày {dueOn}.',
      'Vậy thông báo để {petitioner} được biết.',
    ],
  },
  complaint_refusal_notice: {
    title: 'Thông báo',
    gist: 'Về việc không thụ lý giải quyết khiếu nại',
    addressee: '{petitioner}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được đơn khiếu nại số {petitionNumber} của {petitioner}; địa chỉ: {petitionerAddress}.',
      'Khiếu nại về việc: {summary}.',
      'Căn cứ Điều 11 Luật Khiếu nại số 02/2011/QH13, khiếu nại không đủ điều kiện thụ lý giải quyết vì: {reason}.',
      'Vậy thông báo để {petitioner} được biết.',
    ],
  },
  denunciation_acceptance_notice: {
    title: 'Thông báo',
    gist: 'Về việc thụ lý tố cáo',
    addressee: '{addressee}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được tố cáo số {petitionNumber} đối với {respondent}.',
      'Nội dung tố cáo: {summary}.',
      'Căn cứ Điều 29 Luật Tố cáo số 25/2018/QH14, tố cáo được thụ lý từ ngày {acceptedOn}; thời hạn giải quyết đến ngày {dueOn}.',
      'Vậy thông báo để người tố cáo, người bị tố cáo được biết. Thông tin về người tố cáo được giữ bí mật.',
    ],
  },
  denunciation_refusal_notice: {
    title: 'Thông báo',
    gist: 'Về việc không thụ lý tố cáo',
    addressee: 'Người tố cáo',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được tố cáo số {petitionNumber}.',
      'Nội dung tố cáo: {summary}.',
      'Căn cứ Điều 29 Luật Tố cáo số 25/2018/QH14, tố cáo không được thụ lý vì: {reason}.',
      'Vậy thông báo để người tố cáo được biết.',
    ],
  },
  continuing_denunciation_refusal_notice: {
    title: 'Thông báo',
    gist: 'Về việc không thụ lý giải quyết tố cáo tiếp',
    addressee: 'Người tố cáo',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được tố cáo tiếp số {petitionNumber}.',
      'Nội dung tố cáo: {summary}.',
      'Sau khi xem xét hồ sơ giải quyết tố cáo trước đó theo Điều 37 Luật Tố cáo số 25/2018/QH14, việc giải quyết tố cáo trước đó đúng pháp luật; tố cáo tiếp không được thụ lý vì: {reason}.',
      'Vậy thông báo để người tố cáo được biết.',
    ],
  },
  guidance_slip: {
    title: 'Phiếu hướng dẫn',
    addressee: '{petitioner}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được {petitionKind} số {petitionNumber}, ' + petitionOf + '.',
      'Nội dung đơn: {summary}.',
      'Sau khi xem xét, nội dung đơn không thuộc thẩm quyền giải quyết của {issuer}.',
      'Căn cứ Luật Khiếu nại, Luật Tiếp công dân và Thông tư 05/2021/TT-TTCP, đề nghị {petitioner} gửi đơn và tài liệu kèm theo đến {toUnit} để được xem xét, giải quyết theo quy định của pháp luật.',
      '{guidanceContent}',
    ],
  },
  guidance_slip_several: {
    title: 'Phiếu hướng dẫn',
    gist: 'Đối với đơn có nhiều nội dung thuộc thẩm quyền của nhiều cơ quan',
    addressee: '{petitioner}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được đơn số {petitionNumber}, ' + petitionOf + '.',
      'Đơn có các nội dung thuộc thẩm quyền giải quyết của nhiều cơ quan. {guidanceContent}',
      'Căn cứ quy định của pháp luật, đề nghị {petitioner} gửi từng nội dung đến cơ quan có thẩm quyền sau đây:',
      '{#authorities}',
      '{index}. {matter}: gửi đến {authority}.',
      '{/authorities}',
    ],
  },
  denunciation_transfer_slip: {
    title: 'Phiếu chuyển đơn tố cáo',
    addressee: '{toUnit}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được đơn tố cáo số {petitionNumber} đối với {respondent}.',
      'Nội dung tố cáo: {summary}.',
      'Căn cứ Điều 24 Luật Tố cáo số 25/2018/QH14, nội dung tố cáo thuộc thẩm quyền giải quyết của {toUnit}. {issuer} chuyển nội dung tố cáo (đã lược bỏ thông tin về người tố cáo) để {toUnit} xem xét, giải quyết theo quy định của pháp luật.',
      'Đề nghị {toUnit} thông báo kết quả đến {issuer} trước ngày {replyBy}.',
    ],
  },
  transfer_slip: {
    title: 'Phiếu chuyển đơn',
    gist: 'Đơn kiến nghị, phản ánh',
    addressee: '{toUnit}',
    body: [
      'Ngày {receivedOn}, {issuer} nhận được {petitionKind} số {petitionNumber}, ' + petitionOf + '.',
      'Nội dung: {summary}.',
      'Căn cứ Điều 27 Luật Tiếp công dân và Thông tư 05/2021/TT-TTCP, {issuer} chuyển đơn đến {toUnit} để xem xét, giải quyết theo thẩm quyền.',
      'Đề nghị {toUnit} thông báo kết quả đến {issuer} trước ngày {replyBy}.',
    ],
  },
  return_letter: {
    title: 'Công văn',
    gist: 'Về việc trả lại đơn chuyển không đúng thẩm quyền',
    addressee: '{returnedTo}',
    body: [
      '{issuer} nhận được {petitionKind} số {petitionNumber} do {returnedTo} chuyển đến.',
      'Nội dung đơn: {summary}.',
      'Sau khi xem xét, nội dung đơn không thuộc thẩm quyền giải quyết của {issuer} vì: {reason}.',
      '{issuer} trả lại đơn và tài liệu kèm theo để {returnedTo} xử lý theo quy định của pháp luật.',
    ],
  },
  urging_letter: {
    title: 'Công văn',
    gist: 'Về việc đôn đốc giải quyết đơn',
    addressee: '{toUnit}',
    body: [
      '{petitionKind} số {petitionNumber} thuộc thẩm quyền giải quyết của {toUnit}; nội dung: {summary}.',
      'Thời hạn theo quy định là ngày {dueOn}; đến nay {issuer} chưa nhận được kết quả giải quyết.',
      '{urgingContent}',
      'Đề nghị {toUnit} khẩn trương giải quyết và báo cáo kết quả trước ngày {replyBy}.',
    ],
  },
  urging_letter_several: {
    title: 'Công văn',
    gist: 'Về việc đôn đốc giải quyết đơn quá hạn',
    addressee: '{toUnit}',
    body: [
      'Qua theo dõi, tính đến ngày {asOf}, {toUnit} còn {petitionCount} đơn quá thời hạn giải quyết theo quy định của pháp luật:',
      '{#petitions}',
      '{index}. {petitionKind} số {petitionNumber}, nhận ngày {receivedOn}: {summary}. Hạn {dueOn}, quá {daysOver} ngày.',
      '{/petitions}',
      '{urgingContent}',
      'Đề nghị {toUnit} khẩn trương giải quyết và báo cáo kết quả trước ngày {replyBy}. Quá thời hạn nêu trên mà không có báo cáo, {issuer} sẽ báo cáo cấp trên xem xét trách nhiệm.',
    ],
  },
  directive_summary: {
    title: 'Báo cáo',
    gist: 'Tổng hợp tình hình thực hiện Chỉ thị số 07/CT-UBND',
    body: [
      'Phạm vi: {scopeName}. Kỳ báo cáo: từ ngày {periodFrom} đến ngày {periodTo}; so với kỳ trước từ ngày {previousFrom} đến ngày {previousTo}.',
      '**1. Kết quả theo các nội dung của Chỉ thị',
      '{#figures}',
      '{index}. {label}: {part}/{of} ({share}); kỳ trước: {before}. Mức: {light}. ({counts})',
      '{/figures}',
      '**2. Các đơn vị có nội dung ở mức đỏ',
      '{#redUnits}',
      '{index}. {unit}: {labels}.',
      '{/redUnits}',
      '**3. Nhận xét, kiến nghị',
      '{opinion}',
    ],
  },
  inspection_conclusion: {
    title: 'Kết luận kiểm tra',
    gist: '{subject}',
    body: [
      'Thực hiện Quyết định số {decisionNumber} ngày {decidedOn}, từ ngày {startedOn}, Tổ công tác đã kiểm tra {inspectedUnit} về nội dung nêu trên; thời kỳ kiểm tra: từ ngày {periodFrom} đến ngày {periodTo}.',
      '**1. Kết quả',
      '{#results}',
      '{index}. {label}: {value}.',
      '{/results}',
      '**2. Tồn tại, hạn chế và kiến nghị',
      '{#findings}',
      '{index}. Mục {item}: {description}. Mức độ: {severity}. Kiến nghị: {recommendation}. Thời hạn khắc phục: {dueOn}.',
      '{/findings}',
      '**3. Đánh giá chung',
      '{assessment}',
      'Yêu cầu {inspectedUnit} khắc phục các tồn tại, hạn chế trong thời hạn nêu trên và báo cáo kết quả kèm tài liệu chứng minh.',
    ],
  },
  responsibility_conclusion: {
    title: 'Kết luận thanh tra',
    gist: '{subject}',
    body: [
      'Thực hiện Quyết định số {decisionNumber} ngày {decidedOn}, từ ngày {startedOn}, Đoàn thanh tra đã thanh tra trách nhiệm của {inspectedHead} – {inspectedUnit} trong việc giải quyết khiếu nại, tố cáo, kiến nghị, phản ánh; thời kỳ thanh tra: từ ngày {periodFrom} đến ngày {periodTo}.',
      '**1. Mẫu xem xét',
      '{sampleFacts}',
      '**2. Tỷ lệ sai sót, khoảng tin cậy 95 %',
      '{#results}',
      '{index}. {label}: {value}.',
      '{/results}',
      '**3. Tồn tại, hạn chế và kiến nghị',
      '{#findings}',
      '{index}. Nội dung {item}: {description}. Mức độ: {severity}. Kiến nghị: {recommendation}. Thời hạn khắc phục: {dueOn}.',
      '{/findings}',
      '**4. Kết luận về trách nhiệm',
      '{assessment}',
      'Yêu cầu {inspectedUnit} khắc phục các tồn tại, hạn chế trong thời hạn nêu trên và báo cáo kết quả kèm tài liệu chứng minh.',
    ],
  },
  reception_refusal: {
    title: 'Thông báo',
    gist: 'Về việc từ chối tiếp công dân',
    addressee: '{visitorName}',
    body: [
      'Ngày {visitOn}, {visitorName}; địa chỉ: {visitorAddress} đến {receptionPlace} để trình bày về việc: {matter}.',
      'Căn cứ khoản 3 Điều 9 Luật Tiếp công dân số 42/2013/QH13, vụ việc đã được giải quyết đúng chính sách, pháp luật, được cơ quan có thẩm quyền kiểm tra, rà soát, thông báo bằng văn bản và đã được tiếp, giải thích, hướng dẫn: {reason}.',
      '{issuer} từ chối tiếp {visitorName} về nội dung nêu trên. Vậy thông báo để {visitorName} được biết và chấp hành.',
    ],
  },
  verification_assignment: {
    title: 'Quyết định',
    gist: 'Về việc giao nhiệm vụ xác minh nội dung {kindName}',
    body: [
      'Căn cứ Luật Khiếu nại số 02/2011/QH13; Luật Tố cáo số 25/2018/QH14; Nghị định số 124/2020/NĐ-CP; Nghị định số 31/2019/NĐ-CP;',
      'Xét {petitionKind} số {petitionNumber} đã được thụ lý ngày {acceptedOn};',
      '^^QUYẾT ĐỊNH:',
      'Điều 1. Giao nhiệm vụ xác minh nội dung: {verificationPurpose}, cho các ông (bà):',
      '{#members}',
      '{index}. {name}, {office}: {role}.',
      '{/members}',
      'Điều 2. Thời hạn xác minh đến ngày {verificationDueOn}. Người được giao xác minh thực hiện quyền, nghĩa vụ theo quy định của pháp luật và báo cáo kết quả bằng văn bản.',
      'Điều 3. Các cơ quan, tổ chức, cá nhân có liên quan và những người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.',
    ],
  },
  denunciation_acceptance_decision: {
    title: 'Quyết định',
    gist: 'Về việc thụ lý tố cáo và thành lập Tổ xác minh',
    body: [
      'Căn cứ Luật Tố cáo số 25/2018/QH14; Nghị định số 31/2019/NĐ-CP;',
      'Xét tố cáo số {petitionNumber} nhận ngày {receivedOn} đối với {respondent};',
      '^^QUYẾT ĐỊNH:',
      'Điều 1. Thụ lý tố cáo về nội dung: {summary}. Thời hạn giải quyết đến ngày {dueOn}.',
      'Điều 2. Thành lập Tổ xác minh gồm:',
      '{#members}',
      '{index}. {name}, {office}: {role}.',
      '{/members}',
      'Tổ xác minh có nhiệm vụ: {verificationPurpose}; báo cáo kết quả trước ngày {verificationDueOn}.',
      'Điều 3. Những người có tên tại Điều 2 và các cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này. Thông tin về người tố cáo được giữ bí mật.',
    ],
  },
  denunciation_minutes: {
    title: 'Biên bản',
    gist: 'Ghi nội dung tố cáo trực tiếp',
    body: [
      'Hồi {time} ngày {visitOn}, tại {receptionPlace}, {issuer} lập biên bản ghi nội dung tố cáo do người tố cáo trình bày trực tiếp (vào sổ số {petitionNumber}). Thông tin về người tố cáo được ghi ở bản riêng và giữ bí mật.',
      'Người bị tố cáo: {respondent}.',
      'Nội dung tố cáo: {statement}.',
      'Tài liệu, bằng chứng kèm theo: {evidence}.',
      'Biên bản được đọc lại cho người tố cáo nghe, công nhận đúng và ký xác nhận.',
    ],
    minutes: true,
    signers: ['NGƯỜI TỐ CÁO', 'NGƯỜI TIẾP CÔNG DÂN'],
  },
  reception_minutes: {
    title: 'Biên bản tiếp công dân',
    body: [
      'Hồi {time} ngày {visitOn}, tại {receptionPlace}, {issuer} tiếp {visitorName}; địa chỉ: {visitorAddress}.',
      'Người tiếp: {receiverName}.',
      'Nội dung công dân trình bày: {statement}.',
      'Ý kiến của người tiếp: {opinion}.',
      'Kết luận: {conclusion}.',
      'Buổi tiếp kết thúc hồi {endTime} cùng ngày; biên bản đã được đọc lại cho mọi người nghe và ký xác nhận.',
    ],
    minutes: true,
    signers: ['CÔNG DÂN', 'NGƯỜI TIẾP CÔNG DÂN'],
  },
  no_citizen_minutes: {
    title: 'Biên bản',
    gist: 'Về việc không có công dân đến',
    body: [
      'Ngày {visitOn}, tại {receptionPlace}, {receiverName} tổ chức buổi tiếp công dân định kỳ theo lịch đã niêm yết, từ {time} đến {endTime}.',
      'Trong thời gian trên không có công dân nào đến khiếu nại, tố cáo, kiến nghị, phản ánh.',
      'Biên bản được lập để lưu hồ sơ tiếp công dân.',
    ],
    minutes: true,
    signers: ['NGƯỜI GHI BIÊN BẢN', 'NGƯỜI CHỦ TRÌ'],
  },
  schedule_change_notice: {
    title: 'Thông báo',
    gist: 'Về việc thay đổi lịch tiếp công dân',
    body: [
      'Theo lịch đã công bố, {headTitle} {headName} tiếp công dân ngày {formerDay} tại {receptionPlace}.',
      'Vì lý do: {reason}, {issuer} thông báo: {changeDescription}.',
      'Vậy {issuer} thông báo để công dân và các cơ quan, đơn vị có liên quan được biết.',
    ],
  },
  protection_request: {
    title: 'Văn bản đề nghị',
    gist: 'Về việc áp dụng biện pháp bảo vệ người tố cáo',
    addressee: '{toBody}',
    body: [
      '{issuer} đang giải quyết tố cáo số {petitionNumber}.',
      'Người cần được bảo vệ: {protectedPerson} (thông tin cụ thể gửi kèm theo chế độ mật).',
      'Căn cứ các điều 47 đến 58 Luật Tố cáo số 25/2018/QH14, lý do đề nghị: {reason}.',
      'Biện pháp đề nghị áp dụng: {measures}.',
      'Đề nghị {toBody} xem xét, áp dụng biện pháp bảo vệ và thông báo kết quả đến {issuer}.',
    ],
  },
};
