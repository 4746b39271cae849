/** Styles are nothing to a test. */
export default '';
