import type { Page } from "@playwright/test";
import { CameraPage } from "./camera-page.ts";
import { CheckPage } from "./check-page.ts";
import { CounterPage } from "./counter-page.ts";
import { DossierPage, LookUpPage, MyDossiersPage } from "./dossier-pages.ts";
import { FillPage } from "./fill-page.ts";
import { HomePage } from "./home-page.ts";
import { PapersPage } from "./papers-page.ts";
import { PreviewPage } from "./preview-page.ts";
import { ProcedurePage } from "./procedure-page.ts";
import { ReceiptPage } from "./receipt-page.ts";
import { SignInPage } from "./sign-in-page.ts";
import { SubmitPage } from "./submit-page.ts";
import { TicketPage } from "./ticket-page.ts";
import { WhoPage } from "./who-page.ts";

/** The pages of an errand, in its order. */
export interface Pages {
  home: HomePage;
  procedure: ProcedurePage;
  who: WhoPage;
  fill: FillPage;
  papers: PapersPage;
  camera: CameraPage;
  check: CheckPage;
  submit: SubmitPage;
  signIn: SignInPage;
  receipt: ReceiptPage;
  counter: CounterPage;
  ticket: TicketPage;
  myDossiers: MyDossiersPage;
  dossier: DossierPage;
  lookUp: LookUpPage;
  /** For people who write forms; no errand comes here. */
  preview: PreviewPage;
}

/** The pages as one tab shows them. */
export function pagesOf(page: Page): Pages {
  return {
    home: new HomePage(page),
    procedure: new ProcedurePage(page),
    who: new WhoPage(page),
    fill: new FillPage(page),
    papers: new PapersPage(page),
    camera: new CameraPage(page),
    check: new CheckPage(page),
    submit: new SubmitPage(page),
    signIn: new SignInPage(page),
    receipt: new ReceiptPage(page),
    counter: new CounterPage(page),
    ticket: new TicketPage(page),
    myDossiers: new MyDossiersPage(page),
    dossier: new DossierPage(page),
    lookUp: new LookUpPage(page),
    preview: new PreviewPage(page),
  };
}
