package crm

// Services are the services that pages and the API work with. One
// implementation, package crm/sqlite, offers them all.
type Services struct {
	Contacts   ContactService
	Companies  CompanyService
	Users      UserService
	Actions    ActionService
	Search     SearchService
	Activities ActivityService
	Timelines  TimelineService
	Mentions   MentionService
	Feeds      FeedService
	Fields     CustomFieldService
	Tags       TagService
	Security   SecurityService
	Leads      LeadService
	Merges     MergeService
	Deals      DealService
	Pipelines  PipelineService
	Products   ProductService
	Quotes     QuoteService
	Lists      ListService
	Bulk       BulkService
	Views      ViewService
	Audit      AuditService
	Bin        BinService
	Team       TeamService
	Account    AccountService
	Exports    ExportService
	APIKeys    APIKeyService
	Sample     SampleService
	Dashboards DashboardService
}
