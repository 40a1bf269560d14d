/** Whose text a band was first seen in, and when. */
interface Sighting {
  readonly voice: number;
  readonly minute: number;
}

/**
 * What is remembered of texts that were seen once: who posted each of their bands first, in a table of fixed size. Whatever falls on
 * the place of something else takes it, so a flood of new texts makes it forget, and never makes it grow.
 *
 * @param places a power of two; each takes 12 bytes
 */
export function firstSightings(places: number) {
  const bandAt = new Int32Array(places);
  const voiceAt = new Int32Array(places);
  const minuteAt = new Int32Array(places);
  const placeOf = (band: number) => (Math.imul(band, 0x9e3779b1) >>> 8) & (places - 1);
  return {
    /** @returns the first sighting of the band; undefined when it was none lately, and then this is it */
    meet(band: number, { voice, minute }: Sighting, oldestMinute: number): Sighting | undefined {
      const place = placeOf(band);
      const known = minuteAt[place] as number;
      if (known > 0 && known >= oldestMinute && bandAt[place] === band) {
        return { voice: (voiceAt[place] as number) >>> 0, minute: known };
      }
      bandAt[place] = band;
      voiceAt[place] = voice;
      minuteAt[place] = minute;
      return undefined;
    },
  };
}

export type FirstSightings = ReturnType<typeof firstSightings>;
