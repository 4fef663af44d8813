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
	Lists      ListService
	Bulk       BulkService
	Views      ViewService
	Deals      DealService
	Pipelines  PipelineService
	Products   ProductService
	Quotes     QuoteService
}
