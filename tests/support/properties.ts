import fc from 'fast-check';

/**
 * fast-check with a seed of our own, so that a run of the suite can be repeated and a change is never blamed for what an
 * earlier one left. `PROPERTY_SEED=4711 npm test tests/rule` looks elsewhere.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });

export default fc;
