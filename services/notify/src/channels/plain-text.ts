import { shownAddress } from '@siaga/outgoing';
import { languageOf } from '../answer-words.js';
import type { Notice } from '../notice.js';

const WORDS = {
  id: {
    due: 'Tenggat',
    notice: 'Laporan',
    contact: 'Pelapor',
    score: 'skor',
    reminder: 'PENGINGAT',
    overdue: 'LEWAT TENGGAT',
    information: 'INFORMASI',
  },
  en: {
    due: 'Due',
    notice: 'Notice',
    contact: 'Notifier',
    score: 'score',
    reminder: 'REMINDER',
    overdue: 'OVERDUE',
    information: 'INFORMATION',
  },
} as const;

/**
 * What a notice says, in its own language and without markup: for a person to forward, and for platforms whose reports have
 * one field of text.
 */
export function textOf(notice: Notice): string {
  return [...headOf(notice), '', ...notice.urls.map(shownAddress)].join('\n');
}

/**
 * The same without the addresses and bounded, for reports that carry their posts in fields of their own. What it is about and the
 * ids come first, so that they are never cut off.
 *
 * @param deliveryId by which the report can be found again
 * @param characters that it may have, at least 200
 */
export function commentOf(notice: Notice, deliveryId: string, characters: number): string {
  const ids = `[siaga ${deliveryId}]`;
  const text = headOf(notice).join('\n');
  const room = characters - ids.length - 1;
  const points = [...text];
  const cut = points.length > room ? `${points.slice(0, room - 1).join('')}…` : text;
  return `${ids}\n${cut}`;
}

/** One line that says what it is and which notice it belongs to. */
export function subjectOf(notice: Notice): string {
  const words = wordsFor(notice);
  const { message, category, notice_id: id, revision, due_at: due } = notice;
  const mark = message ? `[${words[message]}] ` : '';
  return `${mark}${words.notice} ${category} ${id} (${revision}), ${words.due.toLowerCase()} ${due}`;
}

const wordsFor = ({ language }: Notice) => WORDS[languageOf(language)];

/** The same line by line, without the addresses. */
export function headOf(notice: Notice): string[] {
  const words = wordsFor(notice);
  const { message, information, explanation, legal_basis: grounds, model, notifier } = notice;
  return [
    ...(message ? [words[message]] : []),
    ...(information ? [information] : []),
    explanation,
    ...(grounds.length > 0 ? [grounds.join('; ')] : []),
    `${words.due}: ${notice.due_at}`,
    `${words.notice}: ${notice.notice_id} (${notice.revision}); ${model.name} ${model.version}, ${words.score} ${model.score}`,
    `${words.contact}: ${notifier.name} <${notifier.email}>`,
    notice.good_faith,
  ];
}
