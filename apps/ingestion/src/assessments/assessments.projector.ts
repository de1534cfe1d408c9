import { type Projector } from '#projection';

type Reads = 'StatusAssessed' | 'AssessmentWithdrawn';

/** Keeps which assessments each corridor has and how they stand. The words stay in the ledger. */
export const assessmentsProjector: Projector<Reads> = {
  name: 'ingestion-assessments',
  reads: ['StatusAssessed', 'AssessmentWithdrawn'],
  apply: async (events, tx) => {
    // Few, since people make them; both kinds have the corridor's key, so that the assessment comes first.
    for (const { type, payload, position } of events) {
      const { assessmentId, corridor } = payload;
      if (type === 'StatusAssessed')
        await tx.query(
          `INSERT INTO assessment (assessment_id, corridor, state, position) VALUES ($1, $2, 'standing', $3)`,
          [assessmentId, corridor, position],
        );
      else
        await tx.query(`UPDATE assessment SET state = 'withdrawn' WHERE assessment_id = $1`, [assessmentId]);
    }
  },
};
