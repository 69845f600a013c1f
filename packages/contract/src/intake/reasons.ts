/**
 * Why a lead waits in quarantine, or what was noticed of one that was let in: the code, what it
 * does, what it means, and what an operator does about it. `quarantine` keeps the lead out until
 * an operator releases it, `review` gives it the source's statut for leads that want a look, and
 * `note` is only told.
 */
export const intakeReasons = {
  unknown_programme: {
    effect: 'quarantine',
    meaning:
      'The lead names a programme that is not known, names more than one, or names none and its source has no default one.',
    remedy: 'Release it with a programme, or map the value at the source.',
  },
  no_contact_details: {
    effect: 'quarantine',
    meaning: 'The lead has neither a telephone nor an e-mail address that can be read.',
    remedy: 'Correct one of them and release it.',
  },
  no_consent: {
    effect: 'quarantine',
    meaning: 'The source requires consent, and the lead does not give it.',
    remedy: 'Release it with consent once the person has given it.',
  },
  source_paused: {
    effect: 'quarantine',
    meaning: 'The source was paused when the lead came.',
    remedy: 'Resume the source and release what waits.',
  },
  test_lead: {
    effect: 'quarantine',
    meaning: 'The lead is a trial: it never reaches a live client.',
    remedy: 'Nothing; discard it.',
  },
  honeypot: {
    effect: 'quarantine',
    meaning: 'A field was filled in that people do not see: most likely a robot.',
    remedy: 'Release it if it reads like a person, otherwise discard it.',
  },
  person_erased: {
    effect: 'quarantine',
    meaning: 'The person of this telephone or e-mail address was erased at their request.',
    remedy:
      'Release it by itself if the person has come back by their own wish, and say so; otherwise discard it, which erases it.',
  },
  not_fetched: {
    effect: 'quarantine',
    meaning: 'The ad platform told of the lead, and then refused to hand it out.',
    remedy: 'Mend the access of the source and release it, which asks again.',
  },
  postponed: {
    effect: 'quarantine',
    meaning: 'Its programme or its person was being changed, for longer than the lead could wait.',
    remedy: 'Nothing: it is tried again by itself, and let in as soon as that has ended.',
  },
  telephone_unreadable: {
    effect: 'review',
    meaning: 'The telephone can not be read as a number. It is kept as typed.',
    remedy: 'Correct it if you can.',
  },
  email_unreadable: {
    effect: 'review',
    meaning: 'The e-mail address can not be read as one. It is kept as typed.',
    remedy: 'Correct it if you can.',
  },
  email_doubtful: {
    effect: 'review',
    meaning: 'The e-mail address looks mistyped: mail to it would go astray.',
    remedy: 'Correct it if the suggestion is right.',
  },
  canvassing_number: {
    effect: 'review',
    meaning: 'The telephone is of a range kept for canvassing: hardly a person.',
    remedy: 'Check the number before you call.',
  },
  text_cleaned: {
    effect: 'note',
    meaning: 'The lead held characters that no text may hold; they were replaced by U+FFFD.',
    remedy: 'Nothing, unless the text has become unreadable.',
  },
  text_cut: {
    effect: 'review',
    meaning: 'A text of the lead is too long for a contact, which has its beginning.',
    remedy: 'Read it whole in the lead; bring what matters of the rest into the commentaire.',
  },
  two_prospects: {
    effect: 'review',
    meaning: 'The telephone and the e-mail address belong to two persons known so far.',
    remedy: 'Check whether the two are one person. The lead is with the one of the e-mail address.',
  },
  external_id_reused: {
    effect: 'review',
    meaning:
      'Its external id came before with another person, or with the same one and another programme.',
    remedy:
      'Check that it is not the earlier lead, corrected; ask the sender for an id of each lead.',
  },
  details_differ: {
    effect: 'note',
    meaning: 'The person is known under another name, telephone or e-mail address.',
    remedy: 'What differs is in the commentaire; the person keeps what was known first.',
  },
} as const satisfies Record<
  string,
  { effect: 'quarantine' | 'review' | 'note'; meaning: string; remedy: string }
>;

export type IntakeReason = keyof typeof intakeReasons;
