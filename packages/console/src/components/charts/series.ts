/** One of the numbers that a chart shows. */
export interface Series {
  /** The member of a row that holds it. */
  readonly name: string;
  readonly label: string;
}

/** Their colours, in order: far enough apart for people who see colours differently. */
export const seriesColors = ['accent.6', '#d68a1c', '#5b7fd6', '#b65fb0'] as const;
