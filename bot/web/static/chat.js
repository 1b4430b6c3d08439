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

  function show(article) {
    article.scrollIntoView({ block: "start" });
  }

  function ask(fields, said) {
    if (said) { add("you", words.you).textContent = said; }
    var waiting = add("bot note", words.bot);
    waiting.textContent = words.waiting;
    show(waiting);
    fetch("/", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(fields) })
      .then(function (response) { if (!response.ok) { throw new Error(response.status); } return response.json(); })
      .then(function (reply) {
        waiting.className = "bot";
        waiting.innerHTML = reply.html;
        document.documentElement.lang = reply.language;
        if (reply.location && navigator.geolocation) { offerLocation(waiting); }
        show(waiting.previousElementSibling && said ? waiting.previousElementSibling : waiting);
      })
      .catch(function () { waiting.textContent = words.offline; });
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
    if (button && button.name === "press") { ask({ press: button.value }, button.textContent); return; }
    if (!said) { text.focus(); return; }
    text.value = "";
    ask({ text: said }, said);
    text.focus();
  });

  text.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(document.getElementById("send")); }
  });
})();
