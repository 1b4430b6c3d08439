// Adds answers in place. Without it the page still works: each button then loads a new page.
(function () {
  "use strict";
  var form = document.getElementById("chat"), log = document.getElementById("log"), text = document.getElementById("text");
  var words = document.body.dataset;

  function add(kind, label) {
    var article = document.createElement("article");
    article.className = kind;
    article.setAttribute("aria-label", label);
    log.appendChild(article);
    return article;
  }

  // The page's own words, when the person has chosen another language.
  function speak(reply) {
    document.documentElement.lang = reply.language;
    for (var key in reply.words) { words[key] = reply.words[key]; }
    document.querySelectorAll("[data-say]").forEach(function (element) { element.textContent = words[element.dataset.say]; });
    document.title = words.title;
    log.setAttribute("aria-label", words.log);
    text.placeholder = words.input;
  }

  function show(article) {
    article.scrollIntoView({ block: "start" });
  }

  // `pressed`: the article whose button was pressed; an answer that only leads on takes its place.
  function ask(fields, said, pressed) {
    var own = said && !pressed ? add("you", words.you) : null;
    if (own) { own.textContent = said; }
    var waiting = add("bot note", words.bot);
    waiting.textContent = words.waiting;
    if (!pressed) { show(waiting); }
    fields.language = document.documentElement.lang;
    fetch("/", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(fields) })
      .then(function (response) { if (!response.ok) { throw new Error(response.status); } return response.json(); })
      .then(function (reply) {
        var article = waiting;
        if (pressed && reply.replace) { waiting.remove(); article = pressed; }
        article.className = "bot";
        article.innerHTML = reply.html;
        if (reply.words) { speak(reply); }
        if (reply.location && navigator.geolocation) { offerLocation(article); }
        if (pressed && reply.replace) { focusAgain(article, fields.press); } else { show(own || article); }
      })
      .catch(function () { waiting.textContent = words.offline; });
  }

  // After a choice in place, the keyboard stays where it was.
  function focusAgain(article, data) {
    var buttons = article.querySelectorAll("button"), next = buttons[0];
    for (var i = 0; i < buttons.length; i++) { if (buttons[i].value === data) { next = buttons[i]; } }
    if (next) { next.focus({ preventScroll: true }); }
  }

  function offerLocation(article) {
    var row = document.createElement("div"), button = document.createElement("button");
    row.className = "row";
    button.type = "button";
    button.textContent = words.location;
    button.onclick = function () {
      navigator.geolocation.getCurrentPosition(function (place) {
        ask({ lat: place.coords.latitude, lon: place.coords.longitude }, words.location);
      });
    };
    row.appendChild(button);
    (article.querySelector(".buttons") || article).appendChild(row);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var button = event.submitter, said = text.value.trim();
    if (button && button.name === "press") { ask({ press: button.value }, "", button.closest("article")); return; }
    if (!said) { text.focus(); return; }
    text.value = "";
    ask({ text: said }, said);
    text.focus();
  });

  text.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(document.getElementById("send")); }
  });
})();
