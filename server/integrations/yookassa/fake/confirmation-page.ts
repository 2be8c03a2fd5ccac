import { formatRubles, parseAmount } from "@/server/kernel/money";
import type { FakePayment } from "./store";

const NBSP = "\u00a0";
/** In characters: "99 999,00 ₽" and shorter stand in the large size on the narrowest phone. */
const LONG_AMOUNT = 12;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

const STYLE = `
@font-face{font-family:"Golos Text Variable";src:url(/assets/golos-cyrillic.woff2) format("woff2");font-weight:400 900;font-display:swap;unicode-range:U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116}
@font-face{font-family:"Golos Text Variable";src:url(/assets/golos-latin.woff2) format("woff2");font-weight:400 900;font-display:swap;unicode-range:U+0000-00FF,U+2000-206F,U+20AC}
@font-face{font-family:"Golos Text Variable";src:url(/assets/golos-latin-ext.woff2) format("woff2");font-weight:400 900;font-display:swap;unicode-range:U+20AD-20C0}
:root{color-scheme:light dark;--paper:#F7F6F2;--surface:#fff;--sunken:#F0EEE7;--ink:#10182B;--muted:#5B6475;--line:#E5E2DA;--loud:#FF6B2C;--on-loud:#2a0f02;--signal:#D9480F;--warn:#8A4F00;--warn-soft:#FBF0DC;--ok:#0B7A55;--ok-soft:#E2F3EB;--danger:#B42318;--danger-soft:#FBE9E7;--night:#10182B;--night-ink:#F4F1E8;--night-muted:#A9B1C2;--night-line:#26304A;--focus:#1D4ED8}
@media(prefers-color-scheme:dark){:root{--paper:#0E1422;--surface:#161F33;--sunken:#111a2c;--ink:#ECEAE4;--muted:#A2ABBD;--line:#26314a;--signal:#FF8A55;--warn:#E8B45C;--warn-soft:#352a14;--ok:#4FD1A0;--ok-soft:#12352c;--danger:#FF8B7E;--danger-soft:#3b1c1b;--night:#1B2540;--focus:#8FB0FF}}
*{box-sizing:border-box}
html{font:16px/1.45 "Golos Text Variable",system-ui,sans-serif;color:var(--ink);background:var(--paper);-webkit-font-smoothing:antialiased;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100svh;display:flex;flex-direction:column}
h1,p,dl,dd{margin:0}
.test{background:var(--warn-soft);color:var(--warn);font-weight:600;text-align:center;padding:12px 16px;border-bottom:1px solid var(--line)}
main{width:100%;max-width:440px;margin:0 auto;padding:20px 16px 32px}
.name{display:flex;align-items:center;gap:9px;font-weight:600;margin-bottom:14px}.name svg{width:24px;height:24px;color:var(--signal);flex:none}
.sum{background:var(--night);color:var(--night-ink);border-radius:20px;padding:20px}
.sum h1{font-size:14px;font-weight:500;color:var(--night-muted)}
.sum .value{font-size:clamp(32px,10.5vw,46px);line-height:1.1;font-weight:600;letter-spacing:-.03em;font-variant-numeric:tabular-nums;white-space:nowrap;margin:4px 0 0}.sum .value.long{font-size:clamp(22px,7.6vw,38px)}
.sum .what{border-top:1px solid var(--night-line);margin-top:14px;padding-top:12px;overflow-wrap:anywhere}
.card{background:var(--surface);border:1px solid var(--line);border-radius:14px;margin-top:12px;padding:4px 16px}
.line{display:flex;justify-content:space-between;gap:16px;padding:12px 0;border-top:1px solid var(--line)}.line:first-child{border-top:0}
.line dt{color:var(--muted)}.line dd{font-weight:500;text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;min-width:0}
.acts{display:grid;gap:10px;margin-top:16px}
.act{display:flex;align-items:center;justify-content:center;width:100%;min-height:52px;padding:12px 18px;border-radius:12px;border:1px solid var(--line);background:var(--surface);color:var(--ink);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer;touch-action:manipulation}
.act.pay{background:var(--loud);border-color:var(--loud);color:var(--on-loud);font-weight:700}
.act:hover{filter:brightness(.97)}.act:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.state{border-radius:14px;margin-top:12px;padding:14px 16px;font-weight:600}.state.ok{background:var(--ok-soft);color:var(--ok)}.state.no{background:var(--danger-soft);color:var(--danger)}
.note{color:var(--muted);font-size:14px;margin-top:16px;text-align:center}
@media(min-width:720px){main{padding-top:56px}}
`;

const MARK =
  '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="3.5" y="7" width="25" height="18" rx="4"/><path d="M3.5 13h25M9 20h5"/></svg>';

function shell(title: string, body: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><header class="test">Тестовый режим: деньги не${NBSP}списываются</header><main>${body}</main></body></html>`;
}

const NAME = `<div class="name">${MARK}Тестовая касса</div>`;

function summary(payment: FakePayment, title: string): string {
  const value = formatRubles(parseAmount(payment.amount.value));
  const size = value.length > LONG_AMOUNT ? "value long" : "value";
  const what = payment.description ? `<p class="what">${escapeHtml(payment.description)}</p>` : "";
  return `<section class="sum"><h1>${title}</h1><p class="${size}">${value}</p>${what}</section>`;
}

const STATES: Record<Exclude<FakePayment["status"], "pending">, { readonly tone: string; readonly text: string }> = {
  waiting_for_capture: { tone: "ok", text: "Платёж принят и ждёт подтверждения магазина" },
  succeeded: { tone: "ok", text: "Платёж уже оплачен" },
  canceled: { tone: "no", text: "Платёж отменён" },
};

/** The page the payer is sent to: pay or refuse while the payment waits, its outcome and the way back afterwards. */
export function confirmationPage(payment: FakePayment, returnUrl: string): string {
  if (payment.status !== "pending") {
    const { tone, text } = STATES[payment.status];
    return shell(
      text,
      `${NAME}${summary(payment, "Сумма")}<p class="state ${tone}" role="status">${text}</p><div class="acts"><a class="act" href="${escapeHtml(returnUrl)}">Вернуться в${NBSP}магазин</a></div>`,
    );
  }
  const lines = [
    ["Магазин", escapeHtml(payment.recipient.account_id)],
    ["Карта", `Тестовая ••••${NBSP}4477`],
  ].map(([term, value]) => `<div class="line"><dt>${term}</dt><dd>${value}</dd></div>`);
  return shell(
    "Оплата",
    `${NAME}${summary(payment, `Сумма к${NBSP}оплате`)}<dl class="card">${lines.join("")}</dl><form class="acts" method="post"><button class="act pay" name="outcome" value="paid">Оплатить</button><button class="act" name="outcome" value="refused">Отказаться</button></form><p class="note">Страница заменяет платёжную форму, пока магазин не${NBSP}подключён. Данные карты не${NBSP}нужны.</p>`,
  );
}

export function messagePage(text: string): string {
  return shell("Оплата", `${NAME}<p class="state no" role="alert">${escapeHtml(text)}</p>`);
}
