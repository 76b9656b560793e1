import { end } from "./report.ts";

/** Playwright calls this after the last measurement. */
export default end;
