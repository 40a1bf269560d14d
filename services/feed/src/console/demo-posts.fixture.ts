import { randomUUID } from 'node:crypto';
import type { Category } from '@siaga/contracts';
import { openNotice, type Database } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';

const HOUR_MS = 3_600_000;

interface Campaign {
  readonly category: Category;
  readonly score: number;
  readonly words: readonly (readonly [token: string, weight: number])[];
  readonly texts: readonly string[];
  readonly platforms: readonly string[];
  readonly claim?: { readonly text: string; readonly verdict: string };
}

/** Our own inventions, about nobody. */
const CAMPAIGNS: readonly Campaign[] = [
  {
    ...{ category: 'bullying', score: 0.83, platforms: ['kabar.social'] },
    words: [
      ['goblok', 1.9],
      ['malu', 0.7],
    ],
    texts: ['Dasar goblok, gambar begitu saja dipamerkan. Tidak malu sama teman sekelas?'],
  },
  {
    ...{ category: 'hate', score: 0.91, platforms: ['forum.warga', 'kabar.social'] },
    words: [
      ['usir', 2.1],
      ['hama', 1.6],
      ['pendatang', 0.8],
    ],
    texts: [
      'Orang Lembah itu hama. Usir semua pendatang dari pasar kita sebelum terlambat!',
      'Orang Lembah itu hama, usir semua pendatang dari pasar kita sebelum terlambat!!',
      'orang lembah itu HAMA. usir semua pendatang dr pasar kita sblm terlambat',
    ],
  },
  {
    ...{ category: 'hoax', score: 0.97, platforms: ['kabar.social', 'forum.warga', 'bluesky'] },
    words: [
      ['tercoblos', 2.4],
      ['sebarkan', 1.3],
      ['dihapus', 0.9],
    ],
    texts: [
      'GEMPAR! Surat suara di Kecamatan Sukamaju sudah T3RCOBLOS sebelum dibuka. Sebarkan sebelum dihapus!',
      'Surat suara di Kecamatan Sukamaju sudah tercoblos sebelum dibuka, sebarkan sebelum dihapus',
      'surat suara kecamatan sukamaju sudah tercoblos sebelum dibuka. SEBARKAN sebelum dihapus!!',
      'Gempar, surat suara Kecamatan Sukamaju sudah tercoblos sebelum dibuka! Sebarkan sebelum dihapus',
    ],
    claim: { text: 'Surat suara di Sukamaju telah tercoblos sebelum pemungutan', verdict: 'Salah' },
  },
];

/** A desk in the middle of its day: three campaigns, the last of them reported. */
export async function aDeskAtWork(db: Database): Promise<void> {
  for (const { category, score, words, texts, platforms, claim } of CAMPAIGNS) {
    const campaignId = await openCampaign(db, category);
    const flags = texts.map((text, i) => {
      const platform = platforms[i % platforms.length] as string;
      return aFlag({
        ...{ category, score: score - i * 0.01 },
        reasons: words.map(([token, weight]) => ({ kind: 'token', token, weight })),
        post: { text, platform, url: `https://${platform}.example/p/${i + 1}` },
        ...(claim && {
          claims: [{ ...claim, claimId: 'cek:1', url: 'https://cek.example/1', publisher: 'Cek Fakta Kita' }],
        }),
      });
    });
    await recordFlags(db, campaignId, flags);
    if (category !== 'hoax') continue;
    const dueAt = new Date(Date.now() + 3.4 * HOUR_MS);
    await openNotice(db, {
      noticeId: randomUUID(),
      campaignId,
      platform: platforms[0] as string,
      category,
      urgency: 'urgent',
      dueAt,
    });
  }
}
