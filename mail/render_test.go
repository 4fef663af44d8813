package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/mail"
)

var update = flag.Bool("update", false, "write the golden files anew; read what changed before you commit it")

func date(t *testing.T, text string) contract.Date {
	t.Helper()
	d, err := contract.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// notice is that of the example of contract.md 4: paid through 30 January.
func notice(purpose v1alpha1.NoticePurpose, locale v1alpha1.Locale) *v1alpha1.Notice {
	return &v1alpha1.Notice{
		ObjectMeta: metav1.ObjectMeta{Name: "botica-notice"},
		Spec: v1alpha1.NoticeSpec{
			Purpose: purpose,
			Recipient: v1alpha1.NoticeRecipient{
				Name: "Lucía Moreno", Company: "Botica & Cía.", URL: "https://botica.example", Locale: locale,
			},
			Lapse: &v1alpha1.NoticeLapse{
				PaidThrough: "2027-01-30", DueDate: "2027-01-31", DisableOn: "2027-02-04",
				PurgeNotBefore: "2027-03-03", NoticeDays: 5,
			},
		},
	}
}

func render(t *testing.T, n *v1alpha1.Notice, today string) (mail.Message, string) {
	t.Helper()
	zone, err := contract.LoadZone(contract.DefaultZoneName)
	if err != nil {
		t.Fatal(err)
	}
	message, named, err := mail.Render(n, date(t, today), zone, mail.Payment{})
	if err != nil {
		t.Fatal(err)
	}
	return message, named.String()
}

func TestEveryTextIsAsItWasRead(t *testing.T) {
	for name, c := range map[string]struct {
		purpose v1alpha1.NoticePurpose
		today   string
	}{
		"reminder":      {v1alpha1.NoticePaymentReminder, "2027-02-01"},
		"late-reminder": {v1alpha1.NoticePaymentReminder, "2027-02-04"},
		"purge":         {v1alpha1.NoticePurge, "2027-02-20"},
	} {
		for _, locale := range []v1alpha1.Locale{v1alpha1.LocaleSpanish, v1alpha1.LocaleEnglish} {
			message, _ := render(t, notice(c.purpose, locale), c.today)
			if message.Language != string(locale) {
				t.Errorf("%s: in %s, not %s", name, message.Language, locale)
			}
			stem := filepath.Join("testdata", name+"."+string(locale))
			golden(t, stem+".txt", message.Subject+"\n\n"+message.Text)
			golden(t, stem+".html", message.HTML)
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-update writes it anew):\n%s", file, diff)
	}
}

func TestTheDeletionIsNamedWithRoomForTheNotice(t *testing.T) {
	for today, want := range map[string]string{
		"2027-02-20": "2027-03-03", // D+31 is later than 20 Feb + 6.
		"2027-02-25": "2027-03-03",
		"2027-02-26": "2027-03-04", // 26 Feb + 6.
		"2027-04-10": "2027-04-16",
	} {
		message, named := render(t, notice(v1alpha1.NoticePurge, v1alpha1.LocaleSpanish), today)
		if named != want {
			t.Errorf("told on %s: %s, not %s", today, named, want)
		}
		if today == "2027-02-26" && !strings.Contains(message.Text, "el 4 de marzo de 2027, a las 00:00 (hora de Hermosillo)") {
			t.Errorf("the date is not in the text:\n%s", message.Text)
		}
	}
}

func TestAReminderThatComesLateSpeaksOfWhatHasBegun(t *testing.T) {
	for today, want := range map[string]string{
		"2027-02-03": "Si el pago no llega antes, el 4 de febrero de 2027",
		"2027-02-04": "queda en pausa para todos los usuarios desde el 4 de febrero de 2027",
		"2027-03-01": "queda en pausa para todos los usuarios desde el 4 de febrero de 2027",
	} {
		message, named := render(t, notice(v1alpha1.NoticePaymentReminder, v1alpha1.LocaleSpanish), today)
		if !strings.Contains(message.Text, want) || named != "2027-02-04" {
			t.Errorf("told on %s, naming %s:\n%s", today, named, message.Text)
		}
	}
}

func TestWhoNeverPaidIsNotToldUpToWhen(t *testing.T) {
	n := notice(v1alpha1.NoticePaymentReminder, v1alpha1.LocaleEnglish)
	n.Spec.Lapse.PaidThrough = ""
	if message, _ := render(t, n, "2027-02-01"); strings.Contains(message.Text, "aid through") {
		t.Error(message.Text)
	}
}

func TestWherePayingHasAPageTheButtonLeadsThere(t *testing.T) {
	n := notice(v1alpha1.NoticePurge, v1alpha1.LocaleSpanish)
	pay := mail.Payment{URL: "https://pagos.example/salexops", Email: "cuentas@salexops.example"}
	message, _, err := mail.Render(n, date(t, "2027-02-20"), contract.Zone{}, pay)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Pagar ahora: https://pagos.example/salexops", "Escríbenos a cuentas@salexops.example", "https://botica.example"} {
		if !strings.Contains(message.Text, want) {
			t.Errorf("%q is not in\n%s", want, message.Text)
		}
	}
	if !strings.Contains(message.HTML, `href="https://pagos.example/salexops"`) {
		t.Error("the button leads elsewhere")
	}
}

func TestANameCannotBecomeMarkupOrAHeader(t *testing.T) {
	n := notice(v1alpha1.NoticePurge, v1alpha1.LocaleSpanish)
	n.Spec.Recipient.Name = "Lucía\r\nBcc: everybody@example.com"
	n.Spec.Recipient.Company = "<script>alert(1)</script>\u202e\nX-Evil: 1 {{.}}"
	n.Spec.Recipient.URL = "javascript:alert(1)"
	message, _ := render(t, n, "2027-02-20")
	for _, line := range []string{message.Subject, message.ToName} {
		if strings.ContainsAny(line, "\r\n\u202e") {
			t.Errorf("%q is more than a line", line)
		}
	}
	if strings.Contains(message.Text, "\nX-Evil") || strings.Contains(message.Text, "\nBcc") {
		t.Error(message.Text)
	}
	page, err := html.Parse(strings.NewReader(message.HTML))
	if err != nil {
		t.Fatal(err)
	}
	for node := range page.Descendants() {
		if node.Type == html.ElementNode && (node.Data == "script" || node.Data == "img" || node.Data == "link") {
			t.Errorf("there is a <%s>", node.Data)
		}
		for _, attribute := range node.Attr {
			if strings.HasPrefix(attribute.Val, "javascript:") {
				t.Errorf("%s=%q", attribute.Key, attribute.Val)
			}
		}
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	for field, spoil := range map[string]func(*v1alpha1.NoticeSpec){
		"spec.lapse:":               func(s *v1alpha1.NoticeSpec) { s.Lapse = nil },
		"spec.lapse.purgeNotBefore": func(s *v1alpha1.NoticeSpec) { s.Lapse.PurgeNotBefore = "" },
		"spec.lapse.dueDate":        func(s *v1alpha1.NoticeSpec) { s.Lapse.DueDate = "2027-02-30" },
		"spec.lapse.paidThrough":    func(s *v1alpha1.NoticeSpec) { s.Lapse.PaidThrough = "soon" },
		"spec.purpose":              func(s *v1alpha1.NoticeSpec) { s.Purpose = "Greeting" },
	} {
		n := notice(v1alpha1.NoticePurge, v1alpha1.LocaleSpanish)
		spoil(&n.Spec)
		_, _, err := mail.Render(n, date(t, "2027-02-20"), contract.Zone{}, mail.Payment{})
		if err == nil || !strings.Contains(err.Error(), "Notice botica-notice: "+field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestPlacesAreCalledAsPeopleCallThem(t *testing.T) {
	for zone, want := range map[string]string{
		"America/Hermosillo": "(hora de Hermosillo)", "America/Mexico_City": "(hora de la Ciudad de México)",
		"America/Ciudad_Juarez": "(hora de Ciudad Juárez)",
	} {
		loaded, err := contract.LoadZone(zone)
		if err != nil {
			t.Fatal(err)
		}
		message, _, err := mail.Render(notice(v1alpha1.NoticePurge, v1alpha1.LocaleSpanish), date(t, "2027-02-20"), loaded, mail.Payment{})
		if err != nil || !strings.Contains(message.Text, want) {
			t.Errorf("%s: %v\n%s", zone, err, message.Text)
		}
	}
}

func TestTheIdentityOfAMessageFollowsFromWhatAndToWhom(t *testing.T) {
	first := mail.MessageID("salexops.example", "uid-1", "Lucia@acme.example")
	if first != mail.MessageID("salexops.example", "uid-1", "lucia@acme.example") {
		t.Error("another identity for the same mailbox")
	}
	for _, other := range []string{
		mail.MessageID("salexops.example", "uid-2", "lucia@acme.example"),
		mail.MessageID("salexops.example", "uid-1", "cuentas@acme.example"),
	} {
		if other == first {
			t.Error("the same identity for another message")
		}
	}
	if !strings.HasPrefix(first, "<") || !strings.HasSuffix(first, "@salexops.example>") || strings.Contains(first, "lucia") {
		t.Error(first)
	}
}
