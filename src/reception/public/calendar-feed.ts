import ICAL from 'ical.js';
import type { PublishedSession } from '../sessions/session.js';
import { asWritten } from '../../platform/text/legal-date.js';

/** Viet Nam has one offset and no summer time since 1975-06-13. */
const zone = `BEGIN:VTIMEZONE
TZID:Asia/Ho_Chi_Minh
BEGIN:STANDARD
DTSTART:19750613T000000
TZOFFSETFROM:+0700
TZOFFSETTO:+0700
TZNAME:+07
END:STANDARD
END:VTIMEZONE`.replaceAll('\n', '\r\n');

/** How often subscribers look again. */
const refresh = 'PT6H';

/**
 * The days of the head as an iCalendar feed (RFC 5545, RFC 7986): an event keeps its UID whatever happens to it, each change raises SEQUENCE, and
 * a cancelled one stays as CANCELLED, so that it disappears from calendars that hold it.
 */
export function calendarFeed(name: string, sessions: readonly PublishedSession[]): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Tiếp Dân//Lịch tiếp công dân//VI');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('method', 'PUBLISH');
  for (const property of ['name', 'x-wr-calname']) calendar.addPropertyWithValue(property, name);
  calendar.addPropertyWithValue('x-wr-timezone', 'Asia/Ho_Chi_Minh');
  for (const property of ['refresh-interval', 'x-published-ttl']) {
    const interval = new ICAL.Property(property);
    if (property === 'refresh-interval') interval.resetType('duration');
    interval.setValue(property === 'refresh-interval' ? ICAL.Duration.fromString(refresh) : refresh);
    calendar.addProperty(interval);
  }
  calendar.addSubcomponent(ICAL.Component.fromString(zone));
  for (const session of sessions) calendar.addSubcomponent(eventOf(session));
  return `${calendar.toString()}\r\n`;
}

function eventOf(session: PublishedSession): ICAL.Component {
  const event = new ICAL.Component('vevent');
  const stamp = ICAL.Time.fromJSDate(session.updatedAt, true);
  event.addPropertyWithValue('uid', `${session.id}@tiepdan`);
  event.addPropertyWithValue('sequence', session.sequence);
  event.addPropertyWithValue('dtstamp', stamp);
  event.addPropertyWithValue('last-modified', stamp);
  for (const [property, hour] of [
    ['dtstart', session.startsAt],
    ['dtend', session.endsAt],
  ] as const) {
    const moment = event.addPropertyWithValue(property, ICAL.Time.fromDateTimeString(`${session.onDate}T${hour}:00`));
    moment.setParameter('tzid', 'Asia/Ho_Chi_Minh');
  }
  event.addPropertyWithValue('summary', summaryOf(session));
  event.addPropertyWithValue(
    'location',
    [...session.rooms.slice(0, 1).map((room) => room.name), session.officeName, session.address].join(', '),
  );
  const description = descriptionOf(session);
  if (description) event.addPropertyWithValue('description', description);
  event.addPropertyWithValue('status', session.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED');
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  return event;
}

function summaryOf({ type, title, headTitle, headName, delegateName, delegateTitle, online }: PublishedSession): string {
  if (type === 'regular') return title ?? 'Tiếp công dân thường xuyên';
  const who = delegateName === null ? (headTitle ?? headName ?? 'Người đứng đầu') : (delegateTitle ?? delegateName);
  return `${who} tiếp công dân${online ? ' (trực tuyến)' : ''}`;
}

function descriptionOf({ firstPlannedOn, onDate, change, headName, delegateName, publicBooking }: PublishedSession): string {
  return [
    delegateName === null ? headName : `Người tiếp: ${delegateName}`,
    firstPlannedOn === onDate ? null : `Lịch cũ: ${asWritten(firstPlannedOn)}.`,
    change && `Thay đổi ngày ${asWritten(change.changedOn)}: ${change.reason}`,
    publicBooking ? 'Công dân có thể đăng ký trước.' : null,
  ]
    .filter((line) => line !== null)
    .join('\n');
}
