// <mot-cua procedure="1.004873" lang="vi"></mot-cua>: Một Cửa in a page of somebody else.
// A frame and three messages (height, route, done); none of our code touches the host's document.
// The host's policy needs `script-src` and `frame-src` with our address, and our server must list the host's origin.
(() => {
  "use strict";
  const script = document.currentScript || document.querySelector('script[src$="/embed.js"]');
  const base = new URL("./embed/", script.src);
  const titles = { vi: "Một Cửa: làm thủ tục hành chính", en: "Một Cửa: public services" };

  class MotCua extends HTMLElement {
    static observedAttributes = ["procedure", "lang"];
    #frame = null;
    #hear = (event) => this.#heard(event);

    connectedCallback() {
      const frame = document.createElement("iframe");
      frame.allow = "camera";
      frame.loading = "lazy";
      frame.referrerPolicy = "strict-origin";
      // Through the object model, which a strict `style-src` allows.
      Object.assign(frame.style, { display: "block", width: "100%", height: "640px", border: "0" });
      this.#frame = frame;
      this.#show();
      window.addEventListener("message", this.#hear);
      this.append(frame);
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#hear);
      this.#frame.remove();
      this.#frame = null;
    }

    attributeChangedCallback(name, before, now) {
      if (this.#frame && before !== now) this.#show();
    }

    #show() {
      const procedure = this.getAttribute("procedure") || "";
      const language = this.getAttribute("lang") === "en" ? "en" : "vi";
      const address = new URL(/^\d\.\d{6}$/.test(procedure) ? "thu-tuc/" + procedure : "", base);
      address.searchParams.set("host", location.origin);
      address.searchParams.set("lang", language);
      this.#frame.title = titles[language];
      this.#frame.src = address.href;
    }

    #heard({ origin, source, data }) {
      if (origin !== base.origin || source !== this.#frame.contentWindow) return;
      if (typeof data !== "object" || data === null || data.type !== "mot-cua" || data.version !== 1) return;
      if (data.kind === "height" && Number.isFinite(data.height)) {
        this.#frame.style.height = Math.min(Math.max(Math.ceil(data.height), 320), 20000) + "px";
      } else if (data.kind === "route" && typeof data.route === "string" && /^[\w.~\/-]{0,200}$/.test(data.route)) {
        this.dispatchEvent(new CustomEvent("route", { detail: { route: data.route } }));
      } else if (data.kind === "done") {
        this.dispatchEvent(new CustomEvent("done"));
      }
    }
  }

  if (!customElements.get("mot-cua")) customElements.define("mot-cua", MotCua);
})();
