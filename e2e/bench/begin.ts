import { begin } from "./report.ts";

/** Playwright calls this before the first measurement. */
export default begin;
