{{- /* The page: how to read it, the kinds in the order in which one meets them,
       then the parts they are made of, by name. */ -}}
{{- define "gvList" -}}
# API reference

<!-- Generated from the comments of api/v1alpha1: run `make docs` after changing those. -->
{{ range . }}{{ template "gvDetails" . }}{{ end }}
{{- end -}}

{{- define "gvDetails" -}}
{{- $gv := . -}}
{{- $kinds := list "PlatformPolicy" "Plan" "Tenant" "Subscription" "License" "Notice" "Suspension" "Cancellation" "TermsRevision" -}}
{{- $planned := list "Suspension" "Cancellation" "TermsRevision" -}}
`{{ $gv.GroupVersionString }}`. {{ template "doc" ($gv.Doc | replace "Package v1alpha1 holds" "These are" | trim) }}

The right-hand column of each table says what the API server checks: sizes, defaults, and the words in which it refuses. `kubectl explain tenant.spec.owner` says the same as these tables. The kinds marked as planned are types for `kubectl salexops simulate` so far: no cluster knows them, and neither does `kubectl explain`.

| Kind | Scope | Short name | What it is |
| --- | --- | --- | --- |
{{- range $kinds }}
{{- with $gv.TypeForKind . }}
| {{ markdownRenderTypeLink . }} | {{ range index .Markers "kubebuilder:resource" }}{{ .Scope | default "Namespaced" | lower }} | {{ range .ShortName }}`{{ . }}` {{ end }}{{ end }}| {{ if has .Name $planned }}Planned. {{ end }}{{ template "doc" (.Doc | replace "\n" " " | splitList ". " | first | trimSuffix ".") }}. |
{{- end }}
{{- end }}

{{ range $kinds }}
{{- with $gv.TypeForKind . }}
## {{ .Name }}
{{ if has .Name $planned }}
*Planned: no cluster knows this kind yet.*
{{ end }}
{{ template "doc" .Doc }}
{{ template "rules" (dict "rules" (index .Markers "kubebuilder:validation:XValidation")) }}
{{- range .Members }}
{{- if ne .Name "metadata" }}{{ template "type" (dict "type" .Type "level" "###" "rules" (index .Markers "kubebuilder:validation:XValidation")) }}{{ end }}
{{- end }}
{{- end }}
{{- end }}
## Parts
{{ range $gv.SortedTypes }}
{{- if not (or .GVK (has (.Name | trimSuffix "Spec" | trimSuffix "Status") $kinds)) }}{{ template "type" (dict "type" . "level" "###" "rules" (index .Markers "kubebuilder:validation:XValidation")) }}{{ end }}
{{- end }}
{{- end -}}

{{- define "type" -}}
{{- $type := .type -}}
{{- if markdownShouldRenderType $type }}
{{ .level }} {{ $type.Name }}

{{ template "doc" $type.Doc }}
{{ template "rules" (dict "rules" .rules) }}
{{- if $type.References }}
Part of {{ range $i, $r := $type.SortedReferences }}{{ if $i }}, {{ end }}{{ markdownRenderTypeLink $r }}{{ end }}.
{{ end }}
{{- if $type.Members }}
| Field | Meaning | Rules |
| --- | --- | --- |
{{- range $type.Members }}
| `{{ .Name }}`<br />{{ template "typeName" . }} | {{ template "doc" (.Doc | markdownRenderFieldDoc | replace "<br />" " ") }} | {{ template "fieldRules" . }} |
{{- end }}
{{ end }}
{{- if $type.EnumValues }}
| Value | Meaning |
| --- | --- |
{{- range $type.EnumValues }}
| `{{ .Name }}` | {{ regexReplaceAll "^[A-Z][A-Za-z]+ " (.Doc | markdownRenderFieldDoc | replace "<br />" " " | trim) "" }} |
{{- end }}
{{ end }}
{{ end -}}
{{- end -}}

{{- define "typeName" -}}
{{- $name := markdownRenderType .Type -}}
{{- if hasPrefix "[Time]" $name }}instant
{{- else if hasPrefix "[Duration]" $name }}time span
{{- else if hasPrefix "[Quantity]" $name }}size
{{- else if hasPrefix "[UID]" $name }}string
{{- else }}{{ $name | replace " array" ", list" | replace "object (keys:" "map (" | replace ", values:" " to " }}
{{- end -}}
{{- end -}}

{{- /* A comment, with the sections of the contract as links. */ -}}
{{- define "doc" -}}
{{ regexReplaceAll "contract\\.md ([0-9]+(\\.[0-9]+)?)" . "[contract $1](../contract.md)" }}
{{- end -}}

{{- /* What the API server says when a rule is not kept. */ -}}
{{- define "rules" -}}
{{- range .rules }}
{{- if .Message }}
* {{ .Message | markdownRenderFieldDoc }}
{{- end }}
{{- end }}
{{- if .rules }}
{{ end }}
{{- end -}}

{{- define "fieldRules" -}}
{{- $out := list -}}
{{- range .Validation -}}
{{- $v := . -}}
{{- if hasPrefix "Required" $v }}{{ $out = append $out "required" }}
{{- else if hasPrefix "MaxLength: " $v }}{{ $out = append $out (printf "at most %s characters" (trimPrefix "MaxLength: " $v)) }}
{{- else if hasPrefix "MaxItems: " $v }}{{ $out = append $out (printf "at most %s entries" (trimPrefix "MaxItems: " $v)) }}
{{- else if hasPrefix "Minimum: " $v }}{{ $out = append $out (printf "at least %s" (trimPrefix "Minimum: " $v)) }}
{{- else if hasPrefix "Maximum: " $v }}{{ $out = append $out (printf "at most %s" (trimPrefix "Maximum: " $v)) }}
{{- else if hasPrefix "Enum: [" $v }}{{ $out = append $out (printf "`%s`" (trimSuffix "]" (trimPrefix "Enum: [" $v) | replace " " "`, `")) }}
{{- end -}}
{{- end -}}
{{- if and .Default (ne (.Default | nospace) "{}") }}{{ $out = append $out (printf "default `%s`" (.Default | trimAll "{} ")) }}{{ end -}}
{{- range index .Markers "kubebuilder:validation:XValidation" }}{{ if .Message }}{{ $out = append $out (.Message | markdownRenderFieldDoc) }}{{ end }}{{ end -}}
{{ join "; " $out }}
{{- end -}}
