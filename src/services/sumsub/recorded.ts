import type { RecordedFields } from '#outbound/recorded-fields.ts';

/** The request id for Sumsub's support is recorded separately. */
const refusal = ['code', 'errorCode'];
const review = ['reviewStatus', 'reviewResult.reviewAnswer', 'reviewResult.reviewRejectType', 'levelName'];

/** The recorded fields of Sumsub's bodies: no token, and of the applicant only the id and the state of the review. */
export const recorded: RecordedFields = {
  'sumsub.create_applicant': { response: ['id', ...refusal] },
  'sumsub.find_applicant': { response: ['id', ...refusal] },
  'sumsub.applicant_exists': { response: ['exists', 'applicant.id', ...refusal] },
  'sumsub.read_applicant': { response: ['id', ...refusal] },
  'sumsub.access_token': { request: ['levelName', 'ttlInSecs'], response: refusal },
  'sumsub.applicant_status': { response: [...review, ...refusal] },
  'sumsub.deactivate_applicant': { response: ['id', 'deleted', ...refusal] },
  'sumsub.required_documents': { response: refusal },
};
